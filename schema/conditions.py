"""Typed readings of a result's setting: which numbers were got under conditions that differ."""

import re

_WORDS = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
_NUMBER = r"(\d[\d,]*|" + "|".join(_WORDS) + ")"
_SHOTS = re.compile(_NUMBER + r"[\s-]?shots?\b", re.IGNORECASE)
_SAMPLES = re.compile(_NUMBER + r"\s+(?:samples?|attempts?|generations?|candidates?)\b", re.IGNORECASE)
_TOOLS = re.compile(r"\b(with(?:out)?) (?:tools?|code|a? ?code interpreter)\b", re.IGNORECASE)


def typed(setting: str | None) -> dict[str, str]:
    """Return what a setting's text says in known terms; what it doesn't say is absent, for unknown is not default.

    >>> typed("zero-shot, 64 samples")
    {'shots': '0', 'samples': '64'}
    """
    if not setting:
        return {}
    known = {}
    for name, pattern in (("shots", _SHOTS), ("samples", _SAMPLES)):
        if match := pattern.search(setting):
            number = match.group(1).lower().replace(",", "")
            known[name] = str(_WORDS.get(number, number))
    if match := _TOOLS.search(setting):
        known["tools"] = match.group(1).lower()
    return known


def benchmark_key(dataset: str | None, variant: str | None, metric: str | None, setting: str | None) -> str | None:
    """Return what two results must share to be ranked together: dataset, variant, metric and the typed settings.

    It starts with the dataset, so that those of one dataset lie side by side in an index. None without a dataset.

    >>> benchmark_key("dataset:math", None, "metric:accuracy", "5-shot, with luck")
    'dataset:math||metric:accuracy|shots=5'
    """
    if dataset is None:
        return None
    settings = ",".join(f"{name}={value}" for name, value in sorted(typed(setting).items()))
    return "|".join((dataset, variant or "", metric or "", settings))


def conflict(a: str | None, b: str | None) -> str | None:
    """Return why two settings can't be compared, or None where no known term differs."""
    left, right = typed(a), typed(b)
    for name in sorted(left.keys() & right.keys()):
        if left[name] != right[name]:
            return f"{name} differ: {left[name]} and {right[name]}"
    return None
