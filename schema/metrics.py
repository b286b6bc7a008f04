"""What is known of a metric before reading any paper: its direction with the reason, unit, range and other names."""

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from schema.spelling import name_key


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricEntry:
    """One metric of the registry, schema/data/metrics.json.

    `direction` is "higher", "lower" or "unknown", for the `reason` given. `unit` is "%" for shares, else the unit's name
    or None; `min` and `max` bound the value in that unit. `parameters` is such as "k=10",
    or the bare name of one that a whole family varies: "k" for pass@k.
    """

    name: str
    direction: str
    reason: str
    unit: str | None = None
    min: float | None = None
    max: float | None = None
    aliases: tuple[str, ...] = ()
    parameters: str | None = None


# "pass@k" stands in the registry for pass@1, pass@10, …: other k, another metric.
_AT_NUMBER = re.compile(r"(.+@)(\d+)")


def find_metric(name: str) -> MetricEntry | None:
    """Return what the registry says of a metric called `name`, with its parameters filled in, or None.

    >>> find_metric("Pass@10").name, find_metric("Pass@10").parameters
    ('pass@10', 'k=10')
    """
    key = name_key(name)
    if entry := registry().get(key):
        return entry
    match = _AT_NUMBER.fullmatch(key)
    family = registry().get(f"{match.group(1)}k") if match else None
    if family is None or match is None:
        return None
    k = match.group(2)
    return replace(family, name=family.name.removesuffix("k") + k, aliases=(), parameters=f"k={k}")


@cache
def registry() -> dict[str, MetricEntry]:
    """Return every entry under the key of its name and of each alias."""
    rows = json.loads(files("schema").joinpath("data/metrics.json").read_text("utf-8"))
    entries = [MetricEntry(**{**row, "aliases": tuple(row.get("aliases", ()))}) for row in rows]
    return {name_key(name): entry for entry in entries for name in (entry.name, *entry.aliases)}


@cache
def usual_metrics() -> dict[str, str]:
    """Return {folded name of a benchmark: its usual metric}, schema/data/benchmarks.json."""
    rows = json.loads(files("schema").joinpath("data/benchmarks.json").read_text("utf-8"))
    return {name_key(name): row["metric"] for row in rows for name in (row["name"], *row.get("aliases", ()))}


def usual_metric(dataset: str) -> str | None:
    """Return the metric that scores on this benchmark mean when the text names none, or None.

    >>> usual_metric("GSM8K")
    'accuracy'
    """
    return usual_metrics().get(name_key(dataset))
