"""What `serve` writes to stderr: warnings alone, or a line for each operation too, as text or as JSON."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Literal

Form = Literal["quiet", "text", "json"]

# What api.telemetry says of an operation.
_FIELDS = ("request_id", "operation", "type", "caller", "cost", "codes", "ms")


def write_logs(form: Form) -> None:
    """Send the logs of this program to stderr in this form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if form == "json" else logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING if form == "quiet" else logging.INFO)


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **{name: getattr(record, name) for name in _FIELDS if hasattr(record, name)},
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
