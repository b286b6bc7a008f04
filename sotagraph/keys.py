"""The file of API keys: one line a key, with a hash in place of its secret."""

from pathlib import Path

from api import Key, Role, from_lines, new_key, to_line

__all__ = ["Key", "Role", "add_key", "load_keys"]


def load_keys(path: Path) -> tuple[Key, ...]:
    """Return the keys in a file. Raises ValueError that names the file, where it can't be read."""
    try:
        return from_lines(path.read_text(encoding="utf-8").splitlines())
    except (OSError, ValueError) as error:
        raise ValueError(f"the file of keys {path} can't be read: {error}") from error


def add_key(path: Path, name: str, role: Role) -> str:
    """Add a key to a file, which is made if need be and only for its owner, and return the token.

    Raises ValueError for a name that is taken or can't be used.
    """
    if path.exists() and any(key.name == name for key in load_keys(path)):
        raise ValueError(f"{path} has a key called {name!r} already; delete its line to take it back")
    key, token = new_key(name, role)
    path.touch(mode=0o600)
    with path.open("a", encoding="utf-8") as file:
        file.write(to_line(key) + "\n")
    return token
