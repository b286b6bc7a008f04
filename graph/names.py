"""How a name that a person types finds its entities; shared by the stores, so that both find the same."""

from collections.abc import Collection, Iterable, Sequence

from graph.votes import lookup_keys
from schema.identity import entity_id, name_key
from schema.kinds import ENTITY_KINDS, NodeKind
from schema.nodes import EntityNode


def ids_of(name: str, kinds: Sequence[NodeKind] = ()) -> tuple[str, ...]:
    """Return the ids that entities of these kinds (default: all) have if they go by this very name."""
    if not name_key(name):
        return ()
    return tuple(dict.fromkeys(entity_id(kind, name) for kind in kinds or ENTITY_KINDS))


def ranked(name: str, found: Iterable[EntityNode], kinds: Sequence[NodeKind] = ()) -> tuple[EntityNode, ...]:
    """Return those of the entities that go by the name, of these kinds, in the order in which a person would mean them: called
    so before also called so, then spelled just so, then in most papers, then by id."""
    own = set(ids_of(name, kinds))
    wanted = {entity.id: entity for entity in found if _goes_by(entity, name, own) and (not kinds or entity.kind in kinds)}
    return tuple(
        sorted(wanted.values(), key=lambda e: (e.id not in own, name not in (e.name, *e.aliases), -e.papers, e.id)),
    )


def _goes_by(entity: EntityNode, name: str, own: Collection[str]) -> bool:
    return entity.id in own or name_key(name) in lookup_keys(entity)
