"""Who may win against a loser: each system of the sentence, each that the paper introduces, and the unnamed ones."""

from collections.abc import Iterator

from extractors.comparison import BROAD, Comparison
from extractors.reading import Place
from extractors.sides import announcement, role_features, side_features
from extractors.slots import by_name, is_governed
from extractors.words import bucket, words_after, words_between
from schema.records import Entity


def winner_candidates(comparison: Comparison, loser: str) -> Iterator[tuple[str, set[str]]]:
    """Yield each possible winner of a sentence against one loser, with what speaks for it."""
    groups = by_name(comparison.systems)
    context = _context(comparison, loser)
    own = {entity.name: announcement(comparison, entity) for entity in comparison.introduced}
    for name in dict.fromkeys([*groups, *own]):
        if name != loser and not name.startswith("@") and (name in own or not _is_material(comparison, groups[name])):
            found = _features(comparison, name, loser, groups, context)
            entity = comparison.entities.get(name)
            if entity:
                brought = own[name] if name in own else announcement(comparison, entity)
                found |= {f"brought {feature}" for feature in brought}
                if "in=None" in found:
                    found |= {f"absent, brought {feature}" for feature in brought}
                if name in own:
                    found |= set(_among_own(comparison, entity, own))
                found |= {f"words={word} {entity.label.name}" for word in _own_heads(comparison)}
            yield name, found
    yield "@model", {f"@model: {feature}" for feature in _unnamed(comparison, context, own, groups, loser)}
    if not loser.startswith("@"):
        words = words_between(comparison.reading.text, comparison.start, comparison.end, 80)
        ruled = any(BROAD.get(claim.winner or "", claim.winner) == "@baseline" for claim in comparison.ruled)
        kinds = sorted({mark.kind for mark in comparison.marks if mark.compares})
        facts = {context, f"rule={ruled}", f"class={comparison.general}", f"compares={'+'.join(kinds)}"}
        yield "@baseline", {f"@baseline: {feature}" for feature in (*facts, *(f"word={word}" for word in words))}


def _is_material(comparison: Comparison, group: list[Place]) -> bool:
    """Return whether the sentence speaks of "our model", and of the entity only as what it comes from: "after tuning X"."""
    text, own = comparison.reading.text, any(place.anaphor == "own" for place in comparison.systems)
    return own and all(is_governed(text, comparison.start, place.start) for place in group)


def _context(comparison: Comparison, loser: str) -> str:
    """Return how the sentence speaks of the paper's own work: by how many names, or by which word."""
    own = {entity.name for entity in comparison.introduced}
    named = {place.name for place in comparison.named if place.name in own and place.name != loser}
    return f"own names={bucket(len(named))} by={_by(comparison)}"


def _by(comparison: Comparison) -> str | None:
    return min((place.anaphor for place in comparison.systems if place.anaphor), default=None)


def _features(comparison: Comparison, name: str, loser: str, groups: dict[str, list[Place]], context: str) -> set[str]:
    reading = comparison.reading
    group = groups.get(name, [])
    roles = role_features(comparison, name)
    part = "main" if "main=True" in roles else "own" if "role=introduced" in roles else "other"
    presence = "name" if any(p.anaphor is None for p in group) else "anaphor" if group else None
    ruled = any(claim.winner == name for claim in comparison.wins)
    pair = any(claim.winner == name and BROAD.get(claim.loser or "", claim.loser) == loser for claim in comparison.wins)
    against = loser if loser.startswith("@") else "named"
    is_main = reading.main is not None and reading.main.name == name
    found = {
        *roles,
        f"rule={ruled} {pair}",
        f"recent={comparison.recent == name}",
        f"recent={comparison.recent == name} main={is_main} {context}",
        f"against={against}",
        f"in={presence}",
        f"in={presence} {part}",
        f"in={presence} {part} {context}",
        f"{part} of {bucket(len(comparison.introduced))}",
    }
    if not group:
        return found
    sides = side_features(comparison, group)
    found |= sides
    found |= {f"{part}: {f}" for f in sides if f.startswith(("left", "right", "before1", "before ", "behind "))}
    found |= {f"against {against}: {f}" for f in sides if f.startswith(("left", "right"))}
    rivals = [rival for rival in groups if rival != loser]
    found.add(f"order={min(rivals.index(name), 3)} {part}")
    if losers := groups.get(loser):
        first, second = group[0], losers[0]
        before = first.start < second.start
        low, high = min(first.end, second.end), max(first.start, second.start)
        between = [mark.kind for mark in comparison.marks if mark.compares and low <= mark.start < high]
        found |= {
            f"before loser={before}",
            f"same list={comparison.listed(first) == comparison.listed(second)}",
            f"before loser={before} between={'+'.join(between[:2])}",
        }
    return found


def _among_own(comparison: Comparison, entity: Entity, own: dict[str, set[str]]) -> Iterator[str]:
    """Yield how the entity stands to the others that the paper introduces."""
    counts = [len(other.mentions) for other in comparison.introduced]
    names = list(own)
    yield f"own rank={min(names.index(entity.name), 4)}"
    yield f"most named={len(entity.mentions) == max(counts)}"
    yield f"alone={len(own) == 1}"
    for fact in _TELLING:
        rival = any(fact in brought for other, brought in own.items() if other != entity.name)
        yield f"{fact}: {fact in own[entity.name]}, of others {rival}"


_TELLING = ("title=prefix", "title=True", "coined=True", "announced=whole")


def _unnamed(
    comparison: Comparison, context: str, own: dict[str, set[str]], groups: dict[str, list[Place]], loser: str
) -> Iterator[str]:
    text = comparison.reading.text
    facts = [f"any {fact}={any(fact in brought for brought in own.values())}" for fact in _TELLING]
    yield from facts
    yield context
    yield f"introduced={bucket(len(own))}"
    yield f"introduced={bucket(len(own))} {context}"
    yield f"against={loser if loser.startswith('@') else 'named'}"
    yield f"rule={any(claim.winner == '@model' for claim in comparison.wins)}"
    yield f"rivals={bucket(len([name for name in groups if name != loser]))}"
    yield f"most named={bucket(max((len(entity.mentions) for entity in comparison.introduced), default=0))}"
    yield f"by={_by(comparison)} {facts[0]} {facts[2]}"
    yield from (f"words={text[p.start : p.end].lower()}" for p in comparison.systems if p.anaphor)
    yield from (f"opens with={word}" for word in words_after(text, comparison.start, 12, comparison.end))


def _own_heads(comparison: Comparison) -> set[str]:
    """Return what the sentence calls the paper's own work: "model" of "our model"."""
    text = comparison.reading.text
    return {text[p.start : p.end].lower().split()[-1] for p in comparison.systems if p.anaphor == "own"}
