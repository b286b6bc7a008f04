"""How fast names are found: `Encoder.predict` against the bare network on the same pieces, in one run.

    python -m bench.mentions ABSTRACTS.jsonl[.gz] [--count 200] [--threads 1]

Prints abstracts a second of both, their ratio (the share of time that is the network), the resident memory,
and the time from a cold start to the first result (a new interpreter, imports included).
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from extractors.model.encoder import load_encoder
from extractors.model.words import cut_words

COLD = "from extractors.model.encoder import load_encoder; load_encoder().predict('BERT\\nWe evaluate BERT on GLUE.')"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("abstracts", type=Path, help="JSONL with title and abstract, may be gzipped")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", COLD], check=True)
    cold = time.perf_counter() - began

    texts = read_texts(options.abstracts, options.count)
    encoder = load_encoder(threads=options.threads)
    windows = [window for text in texts for window in encoder.windows(text, cut_words(text))]
    guesses = sum(len(encoder.predict(text)) for text in texts)  # also warms up

    def bare() -> None:
        for window in windows:
            encoder.run(window)

    def whole() -> None:
        for text in texts:
            encoder.predict(text)

    # In turns, and the best of three each: other work on the machine then disturbs both alike.
    network, predict = zip(*((timed(bare), timed(whole)) for _ in range(3)), strict=True)
    say("abstracts", f"{len(texts)} of {sum(len(text.split()) for text in texts) / len(texts):.0f} words, {guesses} mentions")
    say("threads", str(options.threads))
    say("network alone", f"{len(texts) / min(network):.1f} abstracts/s")
    say("predict", f"{len(texts) / min(predict):.1f} abstracts/s, {guesses / min(predict):.0f} mentions/s")
    say("ratio", f"{min(network) / min(predict):.3f}")
    say("resident", f"{resident():.0f} MB")
    say("cold start", f"{cold:.2f} s")


def read_texts(path: Path, count: int) -> list[str]:
    with gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8") as lines:
        docs = (json.loads(line) for line, _ in zip(lines, range(count), strict=False))
        return [doc["title"] + "\n" + doc["abstract"] for doc in docs]


def timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def resident() -> float:
    """Return the resident memory of this process in megabytes (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def say(name: str, value: str) -> None:
    sys.stdout.write(f"{name:16}{value}\n")


if __name__ == "__main__":
    main()
