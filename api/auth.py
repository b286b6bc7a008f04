"""What the sender of a request may do."""

from dataclasses import replace
from functools import partial

from api.errors import UNAUTHENTICATED
from api.execute import Service
from api.keys import Caller, Role
from api.requests import BadRequest

_BEARER = {"WWW-Authenticate": "Bearer"}


async def caller_of(authorization: str, address: str, service: Service) -> Caller:
    """Return the sender of an Authorization header. Raises BadRequest for a token that nobody was given."""
    settings = service.settings
    anyone = Role.WRITE if settings.write == "open" else Role.READ if settings.read == "open" else Role.NOBODY
    scheme, _, token = authorization.partition(" ")
    known = Caller(address, Role.NOBODY)
    # Other schemes are for whoever stands before this server.
    if scheme.lower() == "bearer":
        caller = await service.call(partial(service.keyring.caller, token.strip()))
        if caller is None:
            raise BadRequest("The token is not known here.", 401, _BEARER, UNAUTHENTICATED)
        known = caller
    if settings.read == "keys" and known.role < Role.READ:
        raise BadRequest("Send an API key as `Authorization: Bearer TOKEN`.", 401, _BEARER, UNAUTHENTICATED)
    return replace(known, role=max(anyone, known.role))
