"""Lists in a sentence, and which answer each other."""

import re
from dataclasses import dataclass

from extractors.parallel import partner, runs


@dataclass(frozen=True)
class Word:
    start: int
    end: int
    text: str


def words(text: str, pattern: str) -> list[Word]:
    return [Word(m.start(), m.end(), m.group()) for m in re.finditer(pattern, text)]


def test_commas_and_slashes_make_lists() -> None:
    text = "81.6%, 79.6%, and 82.4% on AA, BB and CC, but 65.7/52.0 on DD/EE"
    lists = runs(text, words(text, r"\d+\.\d%?"))
    assert [[w.text for w in group] for group in lists] == [["81.6%", "79.6%", "82.4%"], ["65.7", "52.0"]]


def test_a_list_of_numbers_takes_the_list_as_long_that_follows() -> None:
    text = "on XX and YY: 81.6 and 79.6 on AA and BB"
    names, [numbers] = runs(text, words(text, r"[A-Z]{2}")), runs(text, words(text, r"\d+\.\d"))
    answer = partner(numbers, names)
    assert answer is not None
    assert [w.text for w in answer] == ["AA", "BB"]


def test_a_lone_number_has_no_partner() -> None:
    text = "81.6 on AA"
    assert partner(words(text, r"\d+\.\d"), [words(text, "AA")]) is None
