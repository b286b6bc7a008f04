"""Text as people meant it: LaTeX, HTML and Unicode forms undone on a copy whose every character knows where it came from."""

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from extractors.patterns import pattern


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned copy of a text. Character i of `text` stands for [starts[i], ends[i]) of the text as read.

    `starts` and `ends` are None where the copy has the same length, so that every offset is its own.
    """

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the text as read that [start, end) of the copy, not empty, stands for."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def from_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the copy that lies whole within [start, end) of the text as read; it may be empty."""
        if self.starts is None or self.ends is None:
            return start, end
        first = bisect_left(self.starts, start)
        return first, max(first, bisect_right(self.ends, end))


def clean(text: str) -> Cleaned:
    r"""Return the cleaned copy of a text.

    >>> clean(r"84.3\% on ``CT$^2$''").text
    '84.3% on "CT2"'
    """
    plain = text.translate(_SAME_LENGTH)
    if plain.isascii() and not _MARKUP.search(plain):
        return Cleaned(plain)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for match in pattern("cleaning.unusual").finditer(plain):
        before, (start, end) = plain[done : match.start()], match.span()
        pieces.append(before)
        starts.extend(range(done, start))
        ends.extend(range(done + 1, start + 1))
        replacement = _READ[match.lastgroup or ""](match.group())
        pieces.append(replacement)
        starts.extend([start] * len(replacement))
        ends.extend([end] * len(replacement))
        done = end
    pieces.append(plain[done:])
    starts.extend(range(done, len(plain)))
    ends.extend(range(done + 1, len(plain) + 1))
    return Cleaned("".join(pieces), tuple(starts), tuple(ends))


_SAME_LENGTH = {
    **dict.fromkeys(map(ord, "\t\v\f\r\x85\xa0\u2002\u2003\u2009\u202f\u3000\u2028\u2029"), " "),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict.fromkeys(map(ord, "‐‑‒–—−"), "-"),
    **dict.fromkeys(map(ord, "‘’‛′"), "'"),
    **dict.fromkeys(map(ord, "“”„″"), '"'),
}
_MARKUP = re.compile(r"[\\$&<~^`{}]|''")

_SYMBOLS = {
    "times": "×", "sim": "~", "approx": "~", "pm": "±", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "to": "→",
    "rightarrow": "→", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "Delta": "Δ", "epsilon": "ε",
    "varepsilon": "ε", "lambda": "λ", "mu": "μ", "pi": "π", "phi": "φ", "psi": "ψ", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "theta": "θ", "omega": "ω", "ell": "l", "infty": "∞", "cdot": "·", "ldots": "...", "dots": "...",
    "star": "*", "ast": "*", "percent": "%", "textasciitilde": "~", "textbackslash": "\\", "quad": " ", "qquad": " ",
}  # fmt: skip


def _entity(found: str) -> str:
    return html.unescape(found).translate(_SAME_LENGTH)


def _escaped(found: str) -> str:
    sign = found[1]
    return {"~": "~", "^": "^", " ": " ", ",": " ", ";": " ", "!": "", "\\": " ", "-": ""}.get(sign, sign)


def _command(found: str) -> str:
    return _SYMBOLS.get(found.strip("\\* "), "")


def _unicode(found: str) -> str:
    return unicodedata.normalize("NFKC", found).translate(_SAME_LENGTH)


_READ: dict[str, Callable[[str], str]] = {
    "entity": _entity,
    "tag": lambda _: "",
    "cite": lambda _: "",
    "escaped": _escaped,
    "command": _command,
    "quote": lambda _: '"',
    "drop": lambda _: "",
    "tie": lambda _: " ",
    "unicode": _unicode,
}
