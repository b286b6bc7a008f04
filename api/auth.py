"""What the sender of a request may do."""

from functools import partial

from api.errors import UNAUTHENTICATED
from api.execute import Service
from api.keys import Role
from api.requests import BadRequest

_BEARER = {"WWW-Authenticate": "Bearer"}


async def role_of(authorization: str, service: Service) -> Role:
    """Return what the sender of an Authorization header may do. Raises BadRequest for a token that nobody was given."""
    settings = service.settings
    anyone = Role.WRITE if settings.write == "open" else Role.READ if settings.read == "open" else Role.NOBODY
    scheme, _, token = authorization.partition(" ")
    known = Role.NOBODY
    # Other schemes are for whoever stands before this server.
    if scheme.lower() == "bearer":
        role = await service.call(partial(service.keyring.role_of, token.strip()))
        if role is None:
            raise BadRequest("The token is not known here.", 401, _BEARER, UNAUTHENTICATED)
        known = role
    if settings.read == "keys" and known < Role.READ:
        raise BadRequest("Send an API key as `Authorization: Bearer TOKEN`.", 401, _BEARER, UNAUTHENTICATED)
    return max(anyone, known)
