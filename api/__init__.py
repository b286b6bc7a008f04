"""Questions in, answers out: the GraphQL API over a store."""

from api.app import create_app
from api.documents import from_manifest
from api.keys import Key, Role, from_lines, new_key, one_time_token, to_line
from api.ports import Ingest
from api.root import sdl
from api.settings import ApiSettings

__all__ = [
    "ApiSettings",
    "Ingest",
    "Key",
    "Role",
    "create_app",
    "from_lines",
    "from_manifest",
    "new_key",
    "one_time_token",
    "sdl",
    "to_line",
]
