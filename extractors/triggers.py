"""Phrases that compare: which way they point, what they compare, and the loser classes that abstracts use for names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schema.records import Aspect, Polarity


@dataclass(frozen=True, slots=True)
class Trigger:
    """A comparing phrase in [start, end). `reversed` means its grammatical subject loses; `loser` is set where the phrase
    itself says whom ("a new state of the art")."""

    start: int
    end: int
    rule: str
    polarity: Polarity
    aspect: Aspect
    reversed: bool = False
    loser: str | None = None
    hedge: str | None = None


def find_triggers(text: str, start: int, end: int) -> Iterator[Trigger]:
    """Yield the comparing phrases in [start, end) of a text, in order."""
    for match in _TRIGGER.finditer(text, start, end):
        rule = match.lastgroup or ""
        before = text[max(start, match.start() - 30) : match.start()]
        negated = bool(_NEGATION.search(before))
        polarity = Polarity.EQUAL if rule == "equal" else Polarity.NOT_BETTER if negated else Polarity.BETTER
        aspect = Aspect.EFFICIENCY if rule == "faster" else Aspect.QUALITY
        loser = "@sota" if rule in ("sota", "best") else None
        hedge = _HEDGE.search(before)
        yield Trigger(
            match.start(), match.end(), rule, polarity, aspect, rule == "under", loser, hedge.group().strip() if hedge else None
        )


def loser_class(text: str, start: int, end: int) -> str | None:
    """Return the class of unnamed losers that [start, end) of a text speaks of, or None.

    >>> loser_class("prior state-of-the-art methods", 0, 30), loser_class("existing methods", 0, 16)
    ('@sota', '@previous')
    """
    match = _CLASS.search(text, start, end)
    if match is None:
        return None
    if _SOTA.search(text, start, end):
        return "@sota"
    return f"@{match.lastgroup}"


_TRIGGER = re.compile(
    r"(?P<under>\b(?:(?:is|are|was|were|been|being) (?:\w+ly )?(?:outperformed|surpassed|beaten|exceeded) by|(?:perform\w*|\w+ly|is|are|fares?) worse than|inferior to|underperform\w*|lag\w* (?:\w+ ){0,2}?behind|fall\w* (?:\w+ ){0,1}?short of|below)\b)"
    r"|(?P<over>\b(?:out-?perform(?!ance)\w*|surpass\w*|exceed\w*|beat(?:s|ing)?|outpac\w*|outclass\w*|outscor\w*|eclips\w*|superior to|superiority (?:\w+ ){0,4}?(?:over|to|compared (?:to|with))|better than|(?:higher|greater|stronger|more \w+) (?:\w+ ){0,6}?than|advantages? over|improv\w+ (?:\w+ ){0,3}?(?:up)?on)\b)"
    r"|(?P<faster>\b(?:faster|cheaper|fewer|smaller|lower (?:latency|cost|memory)|less (?:memory|time|compute)) (?:\w+ ){0,4}?than\b)"
    r"|(?P<gain>\b(?:improv\w*|gains?|increas\w*|boosts?|reduc\w*|advanc\w*|lift|enhanc\w*|better|higher|lower|superior)\b[^.;]{0,60}?\b(?:over|compared (?:to|with)|relative to|against|versus|vs\.?|in comparison (?:to|with))(?= ))"
    r"|(?P<compared>\b(?:compared (?:to|with)|in comparison (?:to|with))\b)"
    r"|(?P<equal>\b(?:(?:on par|comparable|competitive|parity) (?:\w+ ){0,2}?(?:with|to)|match(?:es|ing)? (?:the |or )|rival\w*)\b)"
    r"|(?P<sota>\b(?:achiev|set|establish|attain|reach|yield|obtain|deliver|advanc|push|demonstrat|show|report|improv|produc|exhibit|provid|result|lead|ha[sv]|with|gain)\w*\b[^.;]{0,50}?\b(?:state[- ]of[- ]the[- ]art|SOTA|SoTA)\b)"
    r"|(?P<best>\b(?:achiev|obtain|attain|yield|deliver|reach)\w* (?:\w+ ){0,3}?(?:the best|superior|first place)\b|\bfirst place\b|\branks? (?:first|1st|top)\b)"
)  # fmt: skip
_NEGATION = re.compile(r"\b(?:not|n't|never|fail\w* to|cannot|without|no|nor|unable to|struggl\w* to)\b[^,;]{0,20}\Z")
_HEDGE = re.compile(
    r"\b(?:can|may|might|could|often|sometimes|occasionally|generally|typically|slightly|marginally|nearly|almost|up to|comparable|in some cases|in most cases|potentially|tends? to)\b"
)
_SOTA = re.compile(
    r"state[- ]of[- ]the[- ]arts?|\bSOTA\b|\bSoTA\b|(?:prior|previous|current|existing|published|strongest|best)(?:ly)? (?:\w+ )?(?:best|records?|leading)\b",
    re.I,
)
_CLASS = re.compile(
    r"(?P<human>\b(?:humans?|human experts?|experts?|physicians?|radiologists?|clinicians?|annotators?)\b(?![- ](?:feedback|preference)))"
    r"|(?P<sota>state[- ]of[- ]the[- ]arts?|\bSOTA\b|\bSoTA\b|\b(?:previous|prior|current|existing) best\b|\bleading\b)"
    r"|(?P<baseline>\bbaselines?\b|\bcounterparts?\b|\bvanilla\b|\bstandard\b|\bconventional\b|\btraditional\b|\bcompetitors?\b|\bcompeting\b|\bother\b|\balternatives?\b|\bstrong\w*\b|\bopen-source\b|\bproprietary\b|\bbase model\b)"
    r"|(?P<previous>\b(?:existing|previous|prior|earlier|recent|published|past|current|popular|widely[- ]used)\b[^.;]{0,60}?\b(?:methods?|approaches|approach|models?|works?|techniques?|systems?|algorithms?|frameworks?|solutions?|LLMs|studies|art|results?|strategies|architectures|agents)\b|\b(?:methods|approaches|models|techniques|systems|algorithms|LLMs|networks)\b)",
    re.I,
)  # fmt: skip
