"""Who may do what: API keys with a role, kept as hashes; a token is shown once and stored nowhere."""

import hashlib
import hmac
import re
import secrets
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,63}")
_TOKEN = re.compile(r"sota_([A-Za-z0-9][A-Za-z0-9.-]{0,63})_([A-Za-z0-9]{32,128})")
_LINE = re.compile(r"(?P<name>[^:\s]+):(?P<role>[^:\s]+):(?P<hash>\S+)")
_PROVEN = 1_000


class Role(IntEnum):
    """What its bearer may do: each may also do what is before it."""

    NOBODY = 0
    READ = 1
    WRITE = 2
    ADMIN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One API key: `hash` is what argon2 made of its secret."""

    name: str
    role: Role
    hash: str


def new_key(name: str, role: Role) -> tuple[Key, str]:
    """Return a new key, and the token to give to its bearer. Raises ValueError for a name that can't be in a token."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} can't be a key's name: use letters, digits, dots and hyphens, at most 64")
    secret = secrets.token_hex(20)
    return Key(name=name, role=role, hash=PasswordHasher().hash(secret)), f"sota_{name}_{secret}"


def to_line(key: Key) -> str:
    """Return a key as a line of a file of keys."""
    return f"{key.name}:{key.role.name.lower()}:{key.hash}"


def from_lines(lines: Iterable[str]) -> tuple[Key, ...]:
    """Return the keys of a file; empty lines and those from # are left out. Raises ValueError for any other line."""
    keys: dict[str, Key] = {}
    for number, line in enumerate(lines, 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if not found or not _NAME.fullmatch(found["name"]) or found["role"].upper() not in ("READ", "WRITE", "ADMIN"):
            raise ValueError(f"line {number} is no key; one looks like name:write:$argon2id$...")
        if found["name"] in keys:
            raise ValueError(f"line {number} has the name {found['name']!r} again")
        keys[found["name"]] = Key(name=found["name"], role=Role[found["role"].upper()], hash=found["hash"])
    return tuple(keys.values())


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request, and what they may do."""

    name: str
    role: Role


class Keyring:
    """The keys of one API. What was proven is remembered, since argon2 is slow on purpose."""

    def __init__(self, keys: Iterable[Key], token: str | None = None) -> None:
        self._keys = {key.name: key for key in keys}
        self._token = token
        self._hasher = PasswordHasher()
        self._proven: OrderedDict[bytes, Caller] = OrderedDict()
        self._lock = Lock()

    def caller(self, token: str) -> Caller | None:
        """Return whose token it is; None for a token that no key fits."""
        if self._token is not None and hmac.compare_digest(token.encode(), self._token.encode()):
            return Caller("token", Role.WRITE)
        digest = hashlib.sha256(token.encode()).digest()
        with self._lock:
            if (known := self._proven.get(digest)) is not None:
                return known
        parts = _TOKEN.fullmatch(token)
        key = self._keys.get(parts[1]) if parts else None
        if parts is None or key is None or not self._fits(key, parts[2]):
            return None
        caller = Caller(f"key {key.name}", key.role)
        with self._lock:
            self._proven[digest] = caller
            if len(self._proven) > _PROVEN:
                self._proven.popitem(last=False)
        return caller

    def _fits(self, key: Key, secret: str) -> bool:
        try:
            return self._hasher.verify(key.hash, secret)
        except (VerificationError, InvalidHashError):
            return False


def one_time_token() -> str:
    """Return a token for a local user, that ends with the server."""
    return secrets.token_urlsafe(24)
