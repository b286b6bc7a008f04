"""The long patterns of the extractor, kept as data: extractors/data/patterns/*.rx, in verbose syntax, one pattern a file."""

import re
from functools import cache
from importlib.resources import files


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the compiled pattern of that name; one whose file begins with "# any case" ignores case."""
    text = files("extractors").joinpath(f"data/patterns/{name}.rx").read_text("utf-8")
    flags = re.VERBOSE | (re.IGNORECASE if text.startswith("# any case") else 0)
    return re.compile(text, flags)
