"""The first five minutes: papers loaded, three questions answered with their sentences, and a server to go on with."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from extractors.readers import read_papers
from graph.answers.compare import beats, compare
from graph.answers.leaderboard import leaderboard
from graph.report import IngestReport
from graph.request import Condition, Op, Request, Sort
from graph.store import Store
from schema.kinds import NodeKind
from schema.nodes import ResultNode
from sotagraph.cli import as_json, show
from sotagraph.cli.common import err, out, tell_address
from sotagraph.extraction import Reader, extracted
from sotagraph.ingest import ingest
from sotagraph.serve import run as run_server
from sotagraph.settings import Settings
from sotagraph.wiring import open_store

Question = tuple[str, Sequence[str]]


def run(settings: Settings, *, papers: str | None, serve: bool, store_uri: str | None, host: str, port: int) -> None:
    """Load the sample or the user's own page, answer, and serve until Ctrl-C unless told not to."""
    with _store(store_uri, settings) as store:
        report = _load(store, settings, papers)
        left_out = f", {sum(report.dropped.values())} left out" if report.dropped else ""
        out.print(f"[bold]{report.written + report.unchanged} papers are in the graph[/bold]{left_out}:")
        show.counts(out, {name: count for name, count in as_json.stats(store).items() if count})
        for question, words in _questions(store) if papers else _sample_questions():
            out.print(
                f"\n[bold cyan]{question}[/bold cyan]   [dim]sotagraph {' '.join(map(_quoted, words))}[/dim]", soft_wrap=True
            )
            _answer(store, words)
        if serve:
            run_server(store, settings, host=host, port=port, on_ready=tell_address)


@contextmanager
def _store(uri: str | None, settings: Settings) -> Iterator[Store]:
    if uri is not None:
        with open_store(uri, settings) as store:
            yield store
        return
    with tempfile.TemporaryDirectory(prefix="sotagraph-demo-") as folder:
        path = Path(folder) / "demo.db"
        err.print(f"The demo's graph is in {path} and goes when the demo ends; `sotagraph ingest` keeps yours.")
        with open_store(f"sqlite:///{path}", settings) as store:
            yield store


def _load(store: Store, settings: Settings, papers: str | None) -> IngestReport:
    reader = Reader(mentions=settings.mentions, threads=settings.threads)
    source = Path(papers) if papers else Path(str(files("sotagraph").joinpath("sample/papers.jsonl")))
    with source.open("rb") as stream:
        outcomes = extracted(read_papers(stream, name=papers or "the sample"), reader)
        return ingest(
            outcomes, store, on_skip=lambda skipped: err.print(f"skipped {skipped.where}: {skipped.detail}", markup=False)
        )


def _sample_questions() -> list[Question]:
    rows = json.loads(files("sotagraph").joinpath("sample/questions.json").read_text("utf-8"))
    return [(row["question"], row["command"]) for row in rows]


def _questions(store: Store) -> Iterator[Question]:
    """Yield questions that this graph can answer: its fullest leaderboard, its best supported BEATS, and that pair compared."""
    counts: dict[str, int] = {}
    scored = Request(kinds=(NodeKind.RESULT,), where=Condition("dataset", Op.GT, ""), sort=(Sort("dataset"),))
    for result in store.find(scored):
        if isinstance(result, ResultNode) and result.dataset and result.subject:
            counts[result.dataset] = counts.get(result.dataset, 0) + 1
    edges = store.beats()
    rank = {"both": 0, "computed": 1, "claimed": 2}
    best = min(edges, key=lambda edge: (rank[str(edge.props["verdict"])], edge.key), default=None)
    ids = [*([max(sorted(counts), key=lambda key: counts[key])] if counts else [])]
    ids += [best.head, best.tail, best.dataset or ""] if best else []
    names = {key: node.name for key, node in store.get(ids).items()}
    if counts:
        yield f"Who scores what on {names[ids[0]]}?", ["leaderboard", names[ids[0]]]
    if best:
        winner, loser, dataset = names[best.head], names[best.tail], names[best.dataset or ""]
        yield f"Does {winner} beat {loser} on {dataset}?", ["beats", winner, loser, "--on", dataset]
        yield f"How do {loser} and {winner} compare everywhere?", ["compare", loser, winner]


def _answer(store: Store, words: Sequence[str]) -> None:
    match words:
        case ["leaderboard", dataset]:
            board = leaderboard(store, dataset)
            show.leaderboard(out, board, as_json.names_of(store, board.claims))
        case ["beats", winner, loser, *rest]:
            show.beats(out, beats(store, winner, loser, on=rest[1] if rest else None))
        case ["compare", a, b]:
            show.compare(out, compare(store, a, b))
        case _:
            raise ValueError(f"the demo has no answer to {words}")


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word
