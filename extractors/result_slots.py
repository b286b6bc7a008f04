"""Whose a score is, on which dataset and by which metric: the candidates for each slot, with what speaks for each."""

import re
from collections.abc import Callable, Iterator, Sequence

from extractors.figures import Figure
from extractors.reading import Place, Reading
from extractors.slots import by_name, is_governed, slot_features
from extractors.words import bucket
from schema.kinds import NodeKind, Role

LOOK_BACK = 12  # sentences in which an earlier named dataset may still be meant


def subject_candidates(reading: Reading, figure: Figure) -> Iterator[tuple[str, set[str]]]:
    """Yield each system that a figure may belong to, with what speaks for it; the paper's own is always one."""
    systems = [p for p in figure.places if p.is_system]
    groups, doer, pair = by_name(systems), _doer(reading.text, figure), paired(reading.text, figure)
    for name, places in groups.items():
        features = slot_features(reading, places, systems, _span(figure), figure.sentence)
        yield name, features | {f"doer={doer == name}", f"pair={pair} main={name == reading.subject}"}
    if reading.subject not in groups:
        facts = {"own, absent", f"others={bucket(len(groups))}", f"main={reading.main is not None}"}
        yield reading.subject, facts | {f"own, doer={doer is not None}"}


def dataset_candidates(reading: Reading, figure: Figure) -> Iterator[tuple[str | None, set[str]]]:
    """Yield each dataset that a figure may be measured on, with what speaks for it; None stands for an unnamed one."""
    here = [p for p in figure.places if p.label is NodeKind.DATASET]
    groups, other = by_name(here), _other_data(reading.text, figure)
    for name, places in groups.items():
        yield name, slot_features(reading, places, here, _span(figure), figure.sentence) | set(_cut_off(places, figure))
    at = reading.index(figure.sentence[0])
    back_to = reading.sentences[max(0, at - LOOK_BACK)][0]
    named = by_name(p for p in reading.within(back_to, figure.sentence[0]) if p.label is NodeKind.DATASET)
    count = sum(e.label is NodeKind.DATASET for e in reading.entities)
    latest = max(named, key=lambda name: named[name][-1].start, default=None)
    for name, places in named.items():
        if name not in groups:
            own = any(e.name == name and e.role is Role.INTRODUCED for e in reading.entities)
            back, only = bucket(at - reading.index(places[-1].start)), count == 1
            facts = (f"back={back}", f"only={only}", f"here={bucket(len(groups))}", f"latest={latest == name}", f"own={own}")
            features = {f"earlier, only={only} here={bool(here)} own={own}", f"earlier, other={other}"}
            yield name, features | {f"earlier, {fact}" for fact in facts}
    yield None, {"none", f"none, here={bucket(len(groups))}", f"none, doc={bucket(count)}", f"none, other={other}"}


def metric_candidates(reading: Reading, figure: Figure) -> Iterator[tuple[str | None, set[str]]]:
    """Yield each metric that the figure's sentence names, with what speaks for it; None stands for an unnamed one."""
    here = [p for p in figure.places if p.label is NodeKind.METRIC]
    groups = by_name(here)
    for name, places in groups.items():
        features = slot_features(reading, places, here, _span(figure), figure.sentence) | set(_cut_off(places, figure))
        yield name, features | {f"beside={any(metric_beside(reading.text, p, figure) for p in places)}"}
    yield None, {"none", f"none, here={bucket(len(groups))}", f"none, unit={figure.number.unit}"}


def beside(text: str, figure: Figure, tie: Callable[[str, Place, Figure], bool]) -> str | None:
    """Return the name that stands right beside the number in the way that `tie` knows, or None."""
    return next((p.name for p in figure.places if p.anaphor is None and tie(text, p, figure)), None)


def system_beside(text: str, place: Place, figure: Figure) -> bool:
    """Return whether a system stands right before the number: "GPT-4 (23.0%)", "GPT-4 at 23.0%", "GPT-4's 23.0%"."""
    return place.is_system and bool(_OWNED.fullmatch(text, place.end, figure.number.start))


def data_beside(text: str, place: Place, figure: Figure) -> bool:
    """Return whether a dataset stands beside the number: "86.7% on GSM8K", "88% of PutnamBench", "GSM8K (86.7%)"."""
    number = figure.number
    ties = _ON.fullmatch(text, number.end, place.start) or _OWNED.fullmatch(text, place.end, number.start)
    return place.label is NodeKind.DATASET and bool(ties)


def metric_beside(text: str, place: Place, figure: Figure) -> bool:
    """Return whether a metric stands beside the number: "an accuracy of 91.2%", "91.2% top-1 accuracy"."""
    number = figure.number
    ties = _COUNTED.fullmatch(text, place.end, number.start) or _COUNTS.fullmatch(text, number.end, place.start)
    return place.label is NodeKind.METRIC and bool(ties)


def paired(text: str, figure: Figure) -> str | None:
    """Return which number of two it is: "from", "to" in "53.9% to 84.3%", "first", "second" in "0.93 vs. 0.90", or None."""
    for joint, names in ((TO, ("from", "to")), (VERSUS, ("first", "second"))):
        if figure.following and joint.fullmatch(text, figure.number.end, figure.following.start):
            return names[0]
        if figure.previous and joint.fullmatch(text, figure.previous.end, figure.number.start):
            return names[1]
    return None


VERSUS = re.compile(r"\s*(?:vs\.?|versus|compared (?:to|with)|against|as opposed to)\s+(?:only )?")
TO = re.compile(r"\s*(?:\(\w+\)\s*)?(?:to|→|->|up to)\s+(?:an? (?:\w+ )?)?")
_OWNED = re.compile(r"(?: (?:method|model|baseline|approach))?(?: ?\((?:[\w -]{1,20}: ?)?|'s (?:score of )?| at | with )~?")
_ON = re.compile(
    r"\s*(?:\([^()\d]{1,20}\)\s*)?(?:[A-Za-z@][\w@-]* ){0,2}?(?:on|of|for|in|over|at) (?:the |our |a )?(?:[a-z][\w-]* ){0,2}"
)
_COUNTED = re.compile(
    r" ?(?:scores? |values? |rates? )?(?:of|is|was|at|=|:|reach\w*|\() ?(?:up to |over |about |only |around )?~?"
)
_COUNTS = re.compile(r" ?(?:in |points? of )?(?:\w+ )?")
_ACHIEVES = re.compile(
    r"\b(?:achiev|attain|reach|obtain|scor|yield|gets?\b|gained|report|maintain|deliver|show(?:s|cas)|demonstrat|accomplish"
    r"|perform)\w*",
    re.I,
)
_OTHER_DATA = re.compile(
    r"\b(?:(?P<this>(?:this|our|the (?:proposed|new|same))\s(?:\w+\s){0,2}?(?:benchmark|dataset|test set|corpus))"
    r"|(?P<many>(?:\w+) (?:\w+ ){0,2}?(?:datasets|benchmarks|tasks|domains|languages))"
    r"|(?P<unnamed>(?:real|synthetic|simulat\w*|clinical|unseen|held-out|self-collected|in-house|private)[ -]?\w*))\b",
    re.I,
)


def _span(figure: Figure) -> tuple[int, int]:
    return figure.number.start, figure.number.end


def _cut_off(group: Sequence[Place], figure: Figure) -> Iterator[str]:
    """Say whether another number stands between a place and this number."""
    for place in group:
        if place.start >= figure.number.end:
            cut = figure.following is not None and figure.following.start < place.start
            yield f"after, cut={cut}"
        else:
            cut = figure.previous is not None and figure.previous.start > place.start
            yield f"before, cut={cut}"


def _doer(text: str, figure: Figure) -> str | None:
    """Return the system that is the subject of the last verb of achieving before the number."""
    start = figure.sentence[0]
    verbs = list(_ACHIEVES.finditer(text, start, figure.number.start))
    before = [p for p in figure.places if verbs and p.is_system and p.end <= verbs[-1].start()]
    free = [p for p in before if not is_governed(text, start, p.start)]
    return (free or before)[-1].name if before else None


def _other_data(text: str, figure: Figure) -> str | None:
    """Return how the sentence speaks of data without a name: of "this" dataset, of "many", of "unnamed" ones; or None."""
    match = _OTHER_DATA.search(text, *figure.sentence)
    return match.lastgroup if match else None
