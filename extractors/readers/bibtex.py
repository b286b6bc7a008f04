"""BibTeX entries, read by pybtex one at a time, so that a broken one costs only itself."""

import codecs
import re
from collections.abc import Iterator, Mapping, MutableMapping

import latexcodec  # noqa: F401  (registers the codec "ulatex")
from pybtex.bibtex.utils import split_name_list
from pybtex.database.input.bibtex import LowLevelParser, UndefinedMacro, month_names
from pybtex.scanner import PybtexSyntaxError
from pybtex.utils import CaseInsensitiveDict

from extractors.readers.fields import fold_lines, only_year, to_paper
from extractors.readers.lines import Line, split_lines
from extractors.readers.outcome import PAPER_LIMIT, Skipped, UnreadableInput, too_large
from schema.records import Paper

ENTRY = re.compile(r"[ \t]*@[ \t]*([A-Za-z]+)[ \t]*[{(]")
_NO_ENTRY = ("comment", "preamble")
_ARXIV = re.compile(r"\d{4}\.\d{4,5}(v\d+)?|[a-z-]+(\.[A-Z]{2})?/\d{7}(v\d+)?")
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")

# pybtex's own decoder takes all after a bare % for a comment and rewrites formulas; an abstract has both ("by 5%",
# "$x^{2}$"). So the library decodes accents only, formulas stay as they are, and braces and styles outside them go.
_LATEX = re.compile(
    r"""(?P<escape>\\[%&_\#$ ])
      | (?P<formula>\$[^$]*\$)
      | (?P<accent>\\(?:["'`^~=.]|[cvuHkrbd](?![A-Za-z]))\s*
                   (?:\{\s*\\?[A-Za-z]\s*\}|\\[ij](?![A-Za-z])(?:\{\}|\s+)?|[A-Za-z]))
      | (?P<letter>\\(?:ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j)(?![A-Za-z])(?:\{\}|\s+)?)
      | (?P<style>\\(?:emph|text[a-z]{2}|textnormal|mbox|url|bf|it|em|rm|sc|tt)(?![A-Za-z])\s*)
      | (?P<command>\\[A-Za-z]+\s*\{[^{}]*\})
      | (?P<brace>[{}])
      | (?P<tie>(?<=[^\s/])~(?=\S))""",
    re.VERBOSE,
)


def read_bibtex(pieces: Iterator[str], name: str) -> Iterator[Paper | Skipped]:
    """Yield the paper of each entry; a citation key is unique in its own file only, so it is not the paper's id.

    Raises UnreadableInput where there is no entry at all.
    """
    macros = CaseInsensitiveDict(month_names)
    found = False
    for start, text in _chunks(split_lines(pieces)):
        found = True
        if text is None:
            yield too_large(f"line {start}")
        else:
            yield from _read_chunk(text, start, macros)
    if not found:
        raise UnreadableInput(f"{name}: no BibTeX entry (a line that begins with @article{{ or the like) in the file")


def decode_latex(text: str) -> str:
    r"""Return the text with its accents decoded and without protecting braces, line breaks folded.

    >>> decode_latex(r"{BERT} by Erd\H{o}s: 53.9\% of $x^{2}$")
    'BERT by Erdős: 53.9% of $x^{2}$'
    """
    return _LATEX.sub(_decoded, fold_lines(text)).strip()


def _chunks(lines: Iterator[Line]) -> Iterator[tuple[int, str | None]]:
    start, taken, size = 0, list[str](), 0
    for line in lines:
        if line.text is not None and ENTRY.match(line.text):
            if start:
                yield start, "\n".join(taken) if size <= PAPER_LIMIT else None
            start, taken, size = line.number, [], 0
        elif line.text is None and not start:
            start = line.number
        size += PAPER_LIMIT + 1 if line.text is None else len(line.text) + 1
        if size <= PAPER_LIMIT:
            taken.append(line.text or "")
    if start:
        yield start, "\n".join(taken) if size <= PAPER_LIMIT else None


def _read_chunk(text: str, start: int, macros: MutableMapping[str, str]) -> Iterator[Paper | Skipped]:
    kind = ENTRY.match(text)
    if kind is None or kind.group(1).lower() in _NO_ENTRY:
        return
    parser = LowLevelParser(text, macros=macros, handle_error=_raise_unless_macro)
    try:
        for command, body in parser:
            if command.lower() not in ("string", *_NO_ENTRY):
                key, fields = body
                yield _to_paper(fields, where=f"line {start} ({key})")
    except PybtexSyntaxError as error:
        line = start + error.lineno - 1
        yield Skipped(f"line {start}", "bad_bibtex", f"not valid BibTeX at line {line}: {error}; check braces and commas")


def _raise_unless_macro(error: PybtexSyntaxError) -> None:
    # Journals are often written as macros of a style file that isn't at hand; the entry is whole without it.
    if not isinstance(error, UndefinedMacro):
        raise error


def _to_paper(fields: list[tuple[str, list[str]]], *, where: str) -> Paper | Skipped:
    raw: dict[str, str] = {}
    for name, parts in fields:
        raw.setdefault(name.lower(), "".join(parts))
    entry: dict[str, object] = {name: decode_latex(raw[name]) for name in ("title", "abstract", "doi") if name in raw}
    entry["venue"] = decode_latex(raw.get("booktitle") or raw.get("journal") or raw.get("journaltitle") or "")
    entry["url"] = raw.get("url", "").replace("\\", "").strip()
    entry["arxiv_id"] = _arxiv_id(raw)
    entry["authors"] = [_name(decode_latex(name)) for name in split_name_list(raw.get("author", ""))]
    # Both are free text here ("in press", "2020--2021"): they count where they are what we mean by them.
    date = raw.get("date", "").strip()
    entry["year"] = only_year(raw.get("year") or date)
    entry["date"] = date if _DATE.fullmatch(date) else None
    return to_paper(entry, where=where)


def _arxiv_id(raw: Mapping[str, str]) -> str | None:
    eprint = raw.get("eprint", "").strip()
    archive = (raw.get("archiveprefix") or raw.get("eprinttype") or "arxiv").casefold()
    return eprint if archive == "arxiv" and _ARXIV.fullmatch(eprint) else None


def _name(name: str) -> str:
    # "Curie, Marie" and "King, Jr., Martin" as they are spoken.
    last, *others = [part.strip() for part in name.split(",")]
    return " ".join([*others[::-1][:1], last, *others[:-1]]) if others else name


def _decoded(match: re.Match[str]) -> str:
    text = match.group()
    match match.lastgroup:
        case "escape":
            return text[1:]
        case "formula" | "command":
            return text
        case "accent" | "letter":
            if match.lastgroup == "accent":
                # Unicode has accents on the dotted letters: \'{\i} is í.
                text = re.sub(r"\\([ij])(?![A-Za-z])", r"\1", text)
            # typeshed knows codecs from bytes to text only; this one is from text to text.
            decoded = str(codecs.decode(text, "ulatex"))  # type: ignore[call-overload]
            return re.sub(r"[{}\s]", "", decoded)
        case "tie":
            return " "
    return ""
