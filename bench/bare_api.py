"""What bench/api.py is held against: a FastAPI route that reads a JSON body and returns an answer that it has at hand.

Run by the bench: python -m bench.bare_api ANSWERS.json
"""

import json
import socket
import sys
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI


def app_of(answers: dict[str, Any]) -> FastAPI:
    """Return an app that returns these answers by their names."""
    app = FastAPI()

    @app.post("/bare/{name}")
    async def bare(name: str, body: dict[str, Any]) -> dict[str, Any]:
        return {"data": answers[name]["data"]} if "query" in body else {}

    return app


if __name__ == "__main__":
    app = app_of(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        sys.stderr.write(f"http://127.0.0.1:{listener.getsockname()[1]}\n")
        uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False)).run(sockets=[listener])
