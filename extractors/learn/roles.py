"""What the annotation says about each entity's role, and abstracts read with roles as unsure as on new ones."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.anaphora import read
from extractors.learn.gold import GoldDoc
from extractors.learn.softmax import Example, fit
from extractors.roles import role_features
from extractors.scorer import Scorer
from schema.kinds import Role

_PARTS = 5


def role_examples(gold: GoldDoc) -> Iterator[Example]:
    """Yield each entity's features with its annotated role."""
    roles = {entity["name"]: entity["role"] for entity in gold.gold["entities"]}
    sentences = gold.doc._.sentences
    for entity in gold.doc._.entities:
        if (name := gold.gold_name.get(entity.name)) in roles:
            features = role_features(gold.doc._.cleaned.text, sentences, entity.label, entity.mentions, gold.doc._.parts)
            yield features, roles[name]


def with_fair_roles(docs: Sequence[GoldDoc]) -> Sequence[GoldDoc]:
    """Return the documents, each read again with the roles that a scorer gives which was not fitted on it."""
    examples = [list(role_examples(doc)) for doc in docs]
    for part in range(_PARTS):
        fitted = fit([e for i, found in enumerate(examples) if i % _PARTS != part for e in found], rare=2)
        scorer = Scorer(tuple(fitted["classes"]), {name: tuple(weights) for name, weights in fitted["weights"].items()})
        for gold in docs[part::_PARTS]:
            _read_again(gold, scorer)
    return docs


def _read_again(gold: GoldDoc, scorer: Scorer) -> None:
    note = gold.doc._
    text, entities = note.cleaned.text, []
    for entity in note.entities:
        rated = scorer.probabilities(role_features(text, note.sentences, entity.label, entity.mentions, note.parts))
        entities.append(replace(entity, role=Role(max(rated, key=lambda name: rated[name]))))
    note.entities = tuple(entities)
    note.reading = read(text, note.sentences, note.entities, note.parts)
