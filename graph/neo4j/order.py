"""Strings whose order in Neo4j is that of Python and SQLite.

Neo4j sorts by UTF-16 units, its indexes by code points; the two differ where U+E000 to U+FFFF meets what lies above. So
ids and keys write these 8192 characters as U+D7FF and one low character: then both orders are that of code points.
"""

import re

_MARK = "\ud7ff"
_HIGH = re.compile("[\ud7ff\ue000-\uffff]")
_PAIR = re.compile(f"{_MARK}(.)", re.DOTALL)
_FIRST = 0xE000 - 1


def ordered(text: str) -> str:
    """Return the form of a string that Neo4j sorts as Python does; nearly always the string itself.

    >>> ordered("gpt-4"), ordered("\\uffff") < "\\U0001f600"
    ('gpt-4', True)
    """
    if text.isascii():
        return text
    return _HIGH.sub(lambda match: _MARK + chr(max(ord(match[0]) - _FIRST, 0)), text)


def plain(text: str) -> str:
    """Return the string that `ordered` was given."""
    if _MARK not in text:
        return text
    return _PAIR.sub(lambda match: chr(ord(match[1]) + _FIRST) if ord(match[1]) else _MARK, text)
