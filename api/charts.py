"""Scores over time as SVG: a dot for each result, a staircase of the best until then, and words for who can't see it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, log10
from xml.sax.saxutils import escape

from graph.answers.groups import Group, Row

WIDTH, HEIGHT = 720, 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 24, 24, 48
# Results of papers without a date stand beside the axis of time, not on it.
_UNDATED = 92
_NAMED = 12
_LETTER, _LINE = 7.1, 15  # about the width of a letter of 12 px, and the height of its line

_STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1d2327; }
.quiet { fill: #5b666d; } .grid { stroke: #dde3e6; } .band { fill: #f1f4f5; }
.stairs { fill: none; stroke: #0a6b70; stroke-width: 2.5; stroke-linejoin: round; }
.dot { fill: #ffffff; stroke: #5b666d; stroke-width: 1.5; } .best { fill: #0a6b70; stroke: #0a6b70; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6ebed; } .quiet { fill: #a3afb5; } .grid { stroke: #323b40; } .band { fill: #20272b; }
  .stairs { stroke: #62c9c4; } .dot { fill: #171c1f; stroke: #a3afb5; } .best { fill: #62c9c4; stroke: #62c9c4; }
}
""".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A result that can be drawn: its score, when it was printed in years (None is unknown), and who got it."""

    value: float
    year: float | None
    name: str


def staircase(dataset: str, group: Group) -> str:
    """Return the picture of a group of a leaderboard, as an SVG document that fits light and dark pages."""
    drawn = [point for row in group.rows if (point := _point(row))]
    metric = group.metric.name if group.metric else "score"
    unit = (group.metric.unit if group.metric else None) or ""
    title = f"{metric} on {dataset} over time"
    stairs = steps(drawn, group.direction)
    body = list(_body(drawn, stairs, f"{metric} ({unit})" if unit else metric))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t d">',
            f'<title id="t">{_text(title)}</title>',
            f'<desc id="d">{_text(described(drawn, stairs, group.direction))}</desc>',
            f"<style>{_STYLE}</style>",
            *body,
            "</svg>\n",
        ]
    )


def steps(points: Sequence[Point], direction: str) -> list[Point]:
    """Return the results that were better than all before them, the oldest first; none where better is not known."""
    if direction not in ("higher", "lower"):
        return []
    sign = 1 if direction == "higher" else -1
    dated = (point for point in points if point.year is not None)
    best: list[Point] = []
    for point in sorted(dated, key=lambda point: (point.year or 0.0, -sign * point.value, point.name)):
        if not best or sign * point.value > sign * best[-1].value:
            best.append(point)
    return best


def described(points: Sequence[Point], stairs: Sequence[Point], direction: str) -> str:
    """Return the picture in words."""
    if not points:
        return "No result has a score that can be drawn."
    undated = sum(point.year is None for point in points)
    parts = [f"{len(points)} {'result' if len(points) == 1 else 'results'}, from {min(p.value for p in points):g}"
             f" to {max(p.value for p in points):g}; {direction} is better."]  # fmt: skip
    if stairs:
        parts.append("The best in turn: " + ", ".join(f"{p.name} {p.value:g} in {floor(p.year or 0)}" for p in stairs) + ".")
    if undated:
        parts.append(f"{undated} from papers without a date.")
    return " ".join(parts)


def _point(row: Row) -> Point | None:
    value = row.result.canonical
    if value is None or row.result.bound:
        return None
    name = row.system.name if row.system else "a model without a name"
    return Point(value=value, year=_year(row.paper.date, row.paper.year), name=name)


def _year(day: str | None, year: int | None) -> float | None:
    """Return a date as a number of years; a month or a year without more counts from its middle."""
    parts = [int(part) for part in (day or "")[:10].split("-") if part.isdigit()] or ([year] if year else [])
    match parts:
        case [y, m, d] if 1 <= m <= 12 and 1 <= d <= 31:
            return y + (date(y, m, min(d, 28)).timetuple().tm_yday - 1) / 365
        case [y, m] if 1 <= m <= 12:
            return y + (m - 0.5) / 12
        case [y, *_]:
            return y + 0.5
    return None


def _body(points: Sequence[Point], stairs: Sequence[Point], axis: str) -> Iterator[str]:
    if not points:
        yield f'<text class="quiet" x="{WIDTH / 2}" y="{HEIGHT / 2}" text-anchor="middle">no score to draw</text>'
        return
    undated = sorted((point for point in points if point.year is None), key=lambda point: (point.value, point.name))
    # Where no paper has a date, they have all the room, the lowest at the left.
    band = 0 if not undated else WIDTH - _LEFT - _RIGHT if len(undated) == len(points) else _UNDATED
    left = _LEFT + band
    years = [point.year for point in points if point.year is not None]
    first, last = (floor(min(years)), floor(max(years)) + 1) if years else (0, 1)
    ticks = _ticks(min(point.value for point in points), max(point.value for point in points))
    low, high = ticks[0], ticks[-1]

    def x(point: Point) -> float:
        if point.year is None:
            wide = band if not years else band - 8
            return _LEFT + wide * (undated.index(point) + 0.5) / len(undated)
        return left + (point.year - first) / (last - first) * (WIDTH - _RIGHT - left)

    def y(value: float) -> float:
        return HEIGHT - _BOTTOM - (value - low) / (high - low) * (HEIGHT - _TOP - _BOTTOM)

    yield f'<text class="quiet" x="{_LEFT - 52}" y="14">{_text(axis)}</text>'
    if undated:
        wide, tall = band if not years else band - 8, HEIGHT - _TOP - _BOTTOM
        words = "no date" if years else "no paper has a date"
        yield f'<rect class="band" x="{_LEFT}" y="{_TOP}" width="{wide}" height="{tall}" rx="4"/>'
        yield f'<text class="quiet" x="{_LEFT + wide / 2}" y="{HEIGHT - 26}" text-anchor="middle">{words}</text>'
    for tick in ticks:
        yield f'<path class="grid" d="M{_LEFT} {y(tick):.1f}H{WIDTH - _RIGHT}"/>'
        yield f'<text class="quiet" x="{_LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>'
    for year in range(first, last + 1) if years else ():
        if (year - first) % max(1, (last - first) // 8) == 0:
            place = left + (year - first) / (last - first) * (WIDTH - _RIGHT - left)
            yield f'<text class="quiet" x="{place:.1f}" y="{HEIGHT - 26}" text-anchor="middle">{year}</text>'
    if stairs:
        path = f"M{x(stairs[0]):.1f} {y(stairs[0].value):.1f}"
        path += "".join(f"H{x(step):.1f}V{y(step.value):.1f}" for step in stairs[1:])
        yield f'<path class="stairs" d="{path}H{WIDTH - _RIGHT}"/>'
    taken: list[Label] = []
    for point in sorted(points, key=lambda p: (p not in stairs, -p.value)):
        kind = "dot best" if point in stairs else "dot"
        tip = f"{point.name}: {point.value:g}"
        at = (x(point), y(point.value))
        yield f'<circle class="{kind}" cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="5"><title>{_text(tip)}</title></circle>'
        if len(taken) < _NAMED and (label := place_label(at, _short(point.name), taken)):
            taken.append(label)
            beside = f'x="{at[0] + (-9 if label.anchor == "end" else 9):.1f}" y="{label.y + 4:.1f}"'
            yield f'<text {beside} text-anchor="{label.anchor}">{_text(label.words)}</text>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A name beside a dot: from where to where it reaches, how high it stands, and at which end it is tied to its dot."""

    low: float
    high: float
    y: float
    words: str
    anchor: str


def place_label(at: tuple[float, float], words: str, taken: Sequence[Label]) -> Label | None:
    """Return where a name has room beside the dot at (x, y), behind it or else before it, a line up or down, or None."""
    x, y = at
    long = _LETTER * len(words)
    for line in (y, y - _LINE, y + _LINE):
        behind = Label(low=x + 9, high=x + 9 + long, y=line, words=words, anchor="start")
        before = Label(low=x - 9 - long, high=x - 9, y=line, words=words, anchor="end")
        for label in (behind, before):
            inside = label.low > _LEFT and label.high < WIDTH
            if inside and all(abs(line - t.y) >= _LINE - 2 or label.high < t.low or t.high < label.low for t in taken):
                return label
    return None


def _ticks(low: float, high: float) -> list[float]:
    """Return four to eight round numbers that enclose the two."""
    span = (high - low) or abs(high) or 1.0
    size = 10.0 ** floor(log10(span))
    step = next(size * part for part in (0.2, 0.25, 0.5, 1.0, 2.0) if span / (size * part) <= 6)
    start, end = floor(low / step), -floor(-high / step)
    return [round(number * step, 10) for number in range(start, max(end, start + 1) + 1)]


def _short(name: str) -> str:
    return name if len(name) <= 24 else name[:23] + "…"


def _text(text: str) -> str:
    return escape("".join(character for character in text if character.isprintable()))
