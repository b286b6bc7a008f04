"""Questions in, answers out: the GraphQL API over a store."""

from api.app import create_app
from api.ports import Ingest
from api.root import sdl
from api.settings import ApiSettings

__all__ = ["ApiSettings", "Ingest", "create_app", "sdl"]
