"""Which names are a size or version of another name: Llama-2 7B of Llama-2, GPT-4-turbo of GPT-4."""

import re
from collections.abc import Iterable, Iterator

_SUFFIX = re.compile(
    r"[\s\-_(:]+(v?\d+(\.\d+)*[a-z]?|\d+(\.\d+)?\s?[bmk]|[bls]|tiny|mini|small|base|medium|large|huge|giant|xl|xxl"
    r"|turbo|instruct|chat|preview|pro|flash|opus|sonnet|haiku|ultra|nano|\d+-shot)\)?",
    re.IGNORECASE,
)


def variant_pairs(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (variant, base) for each name that is another of the names and size or version words, nearest base only.

    >>> list(variant_pairs(["GPT-4", "GPT-4-turbo", "GPT-4o"]))
    [('GPT-4-turbo', 'GPT-4')]
    """
    bases = {name.casefold(): name for name in names}
    for folded in sorted(bases):
        cut = folded
        while match := re.search(_SUFFIX.pattern + r"$", cut, re.IGNORECASE):
            cut = cut[: match.start()]
            if cut in bases:
                yield bases[folded], bases[cut]
                break
