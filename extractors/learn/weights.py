"""Where fitted weights are kept, and how: one feature a line, so that a difference can be read."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "data" / "weights"


def write_weights(name: str, data: dict[str, Any]) -> None:
    """Write what `softmax.fit` or `ranking.fit_ranking` returned."""
    (FOLDER / f"{name}.json").write_text(_as_lines(data), "utf-8")


def _as_lines(data: dict[str, Any]) -> str:
    """Return JSON with one weight a line."""
    weights = data.get("weights", data)
    lines = ",\n".join(f"{json.dumps(name, ensure_ascii=False)}:{json.dumps(weights[name])}" for name in weights)
    if weights is data:
        return f"{{{lines}}}\n"
    return f'{{"classes":{json.dumps(data["classes"])},"weights":{{\n{lines}}}}}\n'
