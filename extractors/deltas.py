"""By how much: the printed difference that goes with a comparison."""

from extractors.patterns import pattern
from extractors.triggers import Trigger
from schema.records import Bound, Delta, DeltaKind


def find_delta(text: str, start: int, end: int, trigger: Trigger) -> tuple[str | None, Delta | None]:
    """Return the difference printed nearest to a comparing phrase, as printed and as read, or a pair of None."""
    found = list(pattern("deltas.delta").finditer(text, start, end))
    if not found:
        return None, None
    match = min(found, key=lambda m: (m.start() < trigger.start, abs(m.start() - trigger.end)))
    unit = match.group("unit").strip() or None
    points = bool(unit and "point" in unit) or unit == "pp"
    around = text[max(start, match.start() - 30) : match.end() + 30]
    kind = (
        DeltaKind.ABSOLUTE
        if points or "absolute" in around
        else DeltaKind.RELATIVE
        if "relative" in around
        else DeltaKind.AMBIGUOUS
    )
    bound = (
        Bound.AT_MOST if match.group("bound") in ("up to", "as much as") else Bound.AT_LEAST if match.group("bound") else None
    )
    unit = "points" if points else "x" if unit in ("x", "×", "times") else unit
    printed = text[match.start("value") : match.end("unit")].strip()
    return printed, Delta(value=float(match.group("value")), unit=unit, kind=kind, bound=bound)
