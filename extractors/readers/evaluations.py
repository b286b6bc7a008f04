"""Facts that others have: evaluation tables as Papers with Code gave them, and every_eval_ever records.

Each row becomes a source page of its own, whose text has a line for each cell, and an extraction record of that page: so an
imported score quotes its cell, and never mixes with what an abstract says. See docs/decisions/0009-imported-facts.md.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from extractors.readers.decode import replace_surrogates
from extractors.readers.json_lines import parse_json
from extractors.readers.lines import whole
from extractors.readers.outcome import Skipped, UnreadableInput, shown
from schema.kinds import NodeKind, Role
from schema.records import Entity, ExtractionRecord, Paper, Result, Span

EXTRACTOR = "import/1"
# A cell is a score only if it is one plain number; "93.0/90.7", "17.1 (16.1)", "24M" and "-" stay text.
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)\s*(%?)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    dataset: str
    metric: str | None
    raw: str
    setting: str | None = None


def read_tables(pieces: Iterator[str], name: str) -> Iterator[ExtractionRecord | Skipped]:
    """Yield the record of each row of each evaluation table. Raises UnreadableInput where the file is no JSON list."""
    data = _parsed(whole(pieces, name=name, remedy="split it by task"), name)
    for task in data if isinstance(data, list) else [data]:
        yield from _task(task, "task " + shown(task.get("task")) if isinstance(task, dict) else "item")


def read_evals(pieces: Iterator[str], name: str) -> Iterator[ExtractionRecord | Skipped]:
    """Yield each every_eval_ever record: of one object, a list of them, or one a line. Raises UnreadableInput."""
    text = whole(pieces, name=name, remedy="split it into files of one record")
    try:
        data = parse_json(text)
        records = data if isinstance(data, list) else [data]
    except json.JSONDecodeError:
        records = [_parsed(line, name) for line in text.splitlines() if line.strip()]
    for position, entry in enumerate(records, start=1):
        yield _evaluation(entry, f"item {position}")


def _parsed(text: str, name: str) -> Any:
    try:
        return parse_json(text)
    except ValueError as error:
        raise UnreadableInput(f"{name}: not usable JSON: {error}; mend it there") from None


def _task(task: Any, where: str) -> Iterator[ExtractionRecord | Skipped]:
    if not isinstance(task, dict):
        yield Skipped(where, "not_an_object", f"{shown(task)} is no task with datasets")
        return
    for dataset in _list(task, "datasets"):
        yield from _dataset(dataset, _text(task.get("task")))
    for subtask in _list(task, "subtasks"):
        yield from _task(subtask, where)


def _dataset(dataset: Any, task: str | None) -> Iterator[ExtractionRecord | Skipped]:
    name = _text(dataset.get("dataset")) if isinstance(dataset, dict) else None
    if name is None:
        yield Skipped("dataset", "no_dataset", f"{shown(dataset)} has no name of a dataset")
        return
    sota = dataset.get("sota")
    for position, row in enumerate(_list(sota if isinstance(sota, dict) else {}, "rows"), start=1):
        yield _row(row, name, task, f"{name}, row {position}")
    for part in _list(dataset, "subdatasets"):
        yield from _dataset(part, task)


def _row(row: Any, dataset: str, task: str | None, where: str) -> ExtractionRecord | Skipped:
    model = _text(row.get("model_name")) if isinstance(row, dict) else None
    metrics = row.get("metrics") if isinstance(row, dict) else None
    if model is None or not isinstance(metrics, dict):
        return Skipped(where, "no_scores", f"{shown(row)} has no model_name with metrics")
    url, title = _text(row.get("paper_url")), _text(row.get("paper_title"))
    setting = "extra training data" if row.get("uses_additional_data") is True else None
    cells = [
        _Cell(dataset=dataset, metric=key, raw=raw, setting=setting) for key, value in metrics.items() if (raw := _raw(value))
    ]
    origin = " ".join(filter(None, (title, f"({url})" if url else None, f"for {task}" if task else None)))
    return _page(
        title=f"Evaluation table: {model} on {dataset}",
        intro=f"From {origin or 'an evaluation table'}.",
        model=model,
        cells=cells,
        given_id=f"{dataset} | {model} | {url or title or ''}",
        date=_text(row.get("paper_date")),
        url=url,
        source="papers-with-code",
        role=Role.INTRODUCED,
    )


def _evaluation(entry: Any, where: str) -> ExtractionRecord | Skipped:
    info = entry.get("model_info") if isinstance(entry, dict) else None
    model = _text(info.get("name")) or _text(info.get("id")) if isinstance(info, dict) else None
    key = _text(entry.get("evaluation_id")) if isinstance(entry, dict) else None
    if model is None or key is None:
        return Skipped(where, "no_scores", f"{shown(entry)} has no evaluation_id with model_info")
    about = entry.get("source_metadata")
    about = about if isinstance(about, dict) else {}
    origin = _text(about.get("source_name")) or _text(about.get("source_organization_name")) or "an evaluation record"
    own = about.get("evaluator_relationship") == "first_party"
    return _page(
        title=f"Evaluation record: {model}",
        intro=f"From {origin}.",
        model=model,
        cells=[cell for result in _list(entry, "evaluation_results") if (cell := _eval_cell(result))],
        given_id=key,
        date=_day(entry.get("evaluation_timestamp")) or _day(entry.get("retrieved_timestamp")),
        url=None,
        source="every_eval_ever",
        role=Role.INTRODUCED if own else Role.USED,
    )


def _eval_cell(result: Any) -> _Cell | None:
    if not isinstance(result, dict):
        return None
    data, metric, score = (_object(result, key) for key in ("source_data", "metric_config", "score_details"))
    dataset = _text(data.get("dataset_name")) or _text(result.get("evaluation_name"))
    raw = _raw(score.get("score"))
    if dataset is None or raw is None:
        return None
    details = _object(_object(result, "generation_config"), "additional_details")
    shots = _raw(details.get("n_shot"))
    return _Cell(dataset=dataset, metric=_text(metric.get("metric_name")), raw=raw, setting=f"{shots}-shot" if shots else None)


def _page(
    *,
    title: str,
    intro: str,
    model: str,
    cells: Sequence[_Cell],
    given_id: str,
    date: str | None,
    url: str | None,
    source: str,
    role: Role,
) -> ExtractionRecord:
    lines = [" | ".join(filter(None, (model, cell.dataset, cell.metric, cell.raw, cell.setting))) for cell in cells]
    paper = Paper(
        title=title,
        abstract="\n".join((intro, *lines)),
        given_id=given_id,
        date=date if date and _DATE.fullmatch(date) else None,
        year=int(date[:4]) if date and _DATE.fullmatch(date) else None,
        url=url,
        source=source,
    )
    start = len(title) + 1 + len(intro) + 1
    names: dict[tuple[str, NodeKind], list[Span]] = {}
    results: list[Result] = []
    for line, cell in zip(lines, cells, strict=True):
        at = start
        for name, label in ((model, NodeKind.MODEL), (cell.dataset, NodeKind.DATASET), (cell.metric, NodeKind.METRIC)):
            if name:
                names.setdefault((name, label), []).append(Span(at, at + len(name), name))
                at += len(name) + len(" | ")
        if number := _NUMBER.fullmatch(cell.raw):
            results.append(
                Result(
                    subject=model,
                    dataset=cell.dataset,
                    metric=cell.metric,
                    value=float(number[1]),
                    raw=cell.raw,
                    unit=number[2] or None,
                    setting=cell.setting,
                    evidence=Span(start, start + len(line), line),
                    confidence=1.0,
                    rule="cell",
                )
            )
        start += len(line) + 1
    entities = tuple(
        Entity(
            name=name,
            label=label,
            role=role if label is NodeKind.MODEL else Role.USED,
            forms=(name,),
            mentions=tuple(spans),
            confidence=1.0,
            rule="cell",
        )
        for (name, label), spans in names.items()
    )
    return ExtractionRecord(paper=paper, extractor=EXTRACTOR, entities=entities, results=tuple(results))


def _list(entry: Mapping[str, Any], key: str) -> list[Any]:
    value = entry.get(key)
    return value if isinstance(value, list) else []


def _object(entry: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = entry.get(key)
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:
    return " ".join(replace_surrogates(value).split()) or None if isinstance(value, str) else None


def _raw(value: Any) -> str | None:
    """Return a cell as it is written; a JSON number as JSON has it."""
    if isinstance(value, bool):
        return None
    return json.dumps(value) if isinstance(value, int | float) else _text(value)


def _day(value: Any) -> str | None:
    """Return the date of a timestamp: ISO text, or seconds since 1970 as a number or text."""
    if isinstance(value, str) and _DATE.match(value):
        return value[:10]
    if isinstance(value, str) and re.fullmatch(r"\d{9,10}(\.\d+)?", value):
        value = float(value)
    if isinstance(value, int | float) and 0 < value < 4e9:
        return datetime.fromtimestamp(value, UTC).date().isoformat()
    return None
