"""What speaks for a number being a score that a system reaches, and no difference, size, share or count."""

import re
from collections.abc import Iterator

from extractors.figures import Figure
from extractors.patterns import pattern
from extractors.reading import Reading
from extractors.result_slots import beside, data_beside, metric_beside, system_beside
from extractors.words import bucket, words_after, words_before
from schema.kinds import NodeKind

REACH = 300  # characters before a number in which a verb may speak of it


def number_features(reading: Reading, figure: Figure) -> set[str]:
    """Return what speaks for a number being a score."""
    text, number, (start, end) = reading.text, figure.number, figure.sentence
    low = max(start, number.start - REACH)
    before, after = words_before(text, number.start, 5, start), words_after(text, number.end, 3, end)
    decimals = len(number.raw.partition(".")[2].rstrip("%"))
    size = (
        "<1" if abs(number.value) < 1 else "<10" if abs(number.value) < 10 else "<=100" if abs(number.value) <= 100 else ">100"
    )
    found = {"bias", f"kind={number.kind}", f"unit={number.unit}", f"decimals={bucket(decimals)}", f"size={size}"}
    found |= {f"kind={number.kind} unit={number.unit} decimals={decimals > 0} size={size}", f"bound={number.bound}"}
    found |= {f"before={w}" for w in before} | {f"after={w}" for w in after}
    found |= {f"before1={' '.join(before[:1])}", f"before2={' '.join(before[1::-1])}", f"after1={' '.join(after[:1])}"}
    found.add(f"after2={' '.join(after[:2])}")
    found.add(f"attached={text[number.end : number.end + 1].isalpha()}")
    found.add(f"in brackets={text.rfind('(', low, number.start) > text.rfind(')', low, number.start)}")
    for name, other in (("previous", figure.previous), ("following", figure.following)):
        if other is not None:
            first, last = (other.end, number.start) if name == "previous" else (number.end, other.start)
            if last - first < 45:
                joint = " ".join(words_before(text, last, 3, first)[::-1]) if last - first < 14 else "near"
                found |= {f"{name}={other.kind} {joint}", f"{name} unit={other.unit == number.unit} {joint}"}
    for label in (NodeKind.METRIC, NodeKind.DATASET, NodeKind.METHOD):
        gaps = [
            (max(0, place.start - number.end), "after") if place.start >= number.end else (number.start - place.end, "before")
            for place in figure.places
            if place.label is label or (label is NodeKind.METHOD and place.label is NodeKind.MODEL)
        ]
        gap, side = min(gaps, default=(999, "none"))
        found.add(f"{label.name} {side} {'touching' if gap < 5 else 'near' if gap < 30 else 'far' if gap < 100 else 'off'}")
    verbs = [match.group(1).lower() for match in pattern("results.verb").finditer(text, low, number.start)]
    found |= {f"verb={verb}" for verb in verbs} | {f"last verb={verb}" for verb in verbs[-1:]}
    return found | set(_kinds_beside(text, figure)) | set(_gains(text, figure)) | set(_about(reading, figure))


def _kinds_beside(text: str, figure: Figure) -> Iterator[str]:
    """Say what the numbers are that share a list with this one: in "by 3% and 5%", "4% to 6% gains" both are differences."""
    number, previous, following = figure.number, figure.previous, figure.following
    yield f"chain {number.kind}"
    if previous is not None and number.start - previous.end < 60:
        between = text[previous.end : number.start]
        if _JOINS.search(between) and not _REACHES.search(between):
            gain = bool(_GAIN.search(text, max(figure.sentence[0], previous.start - 80), previous.start))
            yield f"chain after {previous.kind} gain={gain}"
    if following is not None and _ONLY_JOINS.fullmatch(text, number.end, following.start):
        yield f"chain before {following.kind}"


def _gains(text: str, figure: Figure) -> Iterator[str]:
    """Say whether a gain is spoken of before the number, or a comparison or a share after it."""
    number, (start, end) = figure.number, figure.sentence
    gains = list(_GAIN.finditer(text, max(start, number.start - 150), number.start))
    gain = "none" if not gains else "reached" if _REACHES.search(text, gains[-1].end(), number.start) else "direct"
    yield f"gain={gain}"
    yield f"more={bool(_MORE.match(text, number.end, end))}"
    yield f"share={bool(_SHARE.match(text, number.end, end))}"
    sign = text[max(start, number.start - 2) : number.start].strip()[-1:]
    yield f"sign={'word' if sign.isalnum() else sign}"


def _about(reading: Reading, figure: Figure) -> Iterator[str]:
    """Say whether a metric, a dataset or a system stands right beside the number, and who may have reached it."""
    text, number = reading.text, figure.number
    metric = beside(text, figure, metric_beside) is not None
    data = beside(text, figure, data_beside) is not None
    system = beside(text, figure, system_beside) is not None
    before = [p for p in figure.places if p.is_system and p.end <= number.start]
    who = "named" if any(p.anaphor is None for p in before) else "own" if before else "none"
    named = any(p.label is NodeKind.DATASET for p in figure.places)
    yield from (f"metric beside={metric}", f"data beside={data}", f"system beside={system}", f"who={who}")
    yield f"beside={metric} {data or system} {number.unit}"
    yield f"who={who}, metric beside={metric}"
    yield f"data={named}, metric beside={metric}"
    yield f"sentences left={min(4, len(reading.sentences) - 1 - reading.index(number.start))}"
    yield f"any data={any(e.label is NodeKind.DATASET for e in reading.entities)}"


_GAIN = re.compile(
    r"\b(?:improvements?|gains?|increases?|reductions?|enhancements?|margins?|drops?|boosts?|decreases?|speed-?ups?|savings?"
    r"|advantages?|outperform\w*|surpass\w*|improv(?:es?|ed|ing)|reduc(?:es?|ed|ing)|increas(?:es?|ed|ing)|boost(?:s|ed|ing))\b"
    r"[^.;]{0,40}?\b(?:of|by|up to|is|than)\b",
    re.I,
)
_REACHES = re.compile(r"\b(?:achiev\w*|reach\w*|attain\w*|obtain\w*|resulting in|scor\w*|yield\w*|from|to)\b", re.I)
_JOINS = re.compile(r"and|[,/~-]")
_ONLY_JOINS = re.compile(r"[\s%]*(?:and|to|or|[-~,–/])*\s*")
_MORE = re.compile(
    r"\s*(?:\([^)]{0,20}\)\s*)?(?:\w+ ){0,2}?(?:(?!oth|und|numb|paramet|ov)\w{3,}er|relative|improvements?|reductions?|gains?"
    r"|increases?|decreases?|drop|p|points?)\b",
    re.I,
)
_SHARE = re.compile(r"\s*of (?:the|its|their|all|these|those)\b", re.I)
