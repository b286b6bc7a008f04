"""How often each rule is right, measured on the annotated training abstracts: extractors/data/confidence.json."""

import json
from functools import cache
from importlib.resources import files


def confidence(rule: str) -> float:
    """Return the share of what a rule found on the training abstracts that the annotation has too; even odds for a rule
    that it can't judge, since ties and costs are not annotated."""
    return _measured().get(rule, 0.5)


@cache
def _measured() -> dict[str, float]:
    measured: dict[str, float] = json.loads(files("extractors").joinpath("data/confidence.json").read_text("utf-8"))
    return measured
