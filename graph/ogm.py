"""The same Neo4j graph as py2neo objects, for code that already speaks py2neo; needs the extra sotagraph[py2neo].

What a paper says belongs to its record: the store writes it anew whenever the paper changes. So read here what you like,
and write under labels and types of your own. docs/py2neo.md says what py2neo still can do, and what to use instead.
"""

from py2neo import Graph
from py2neo.ogm import GraphObject, Label, Property, RelatedFrom, RelatedTo


def connect(uri: str, *, user: str, password: str) -> Graph:
    """Return a py2neo Graph at an address such as bolt://localhost:7687."""
    return Graph(uri, auth=(user, password))


class Paper(GraphObject):  # type: ignore[misc]
    """A title and abstract."""

    __primarykey__ = "id"

    id = Property()
    name = Property()
    title = Property()
    abstract = Property()
    year = Property()
    url = Property()
    authors = Property()

    introduces = RelatedTo("graph.ogm.Entity", "INTRODUCES")
    uses = RelatedTo("graph.ogm.Entity", "USES")
    mentions = RelatedTo("graph.ogm.Entity", "MENTIONS")
    results = RelatedFrom("graph.ogm.Result", "REPORTED_IN")
    claims = RelatedFrom("graph.ogm.Claim", "STATED_IN")


class Entity(GraphObject):  # type: ignore[misc]
    """A method, model, dataset, metric or task."""

    __primarylabel__ = "Entity"
    __primarykey__ = "id"

    id = Property()
    name = Property()
    aliases = Property()
    papers = Property()

    # Each of these nodes has this label beside that of its kind.
    entity = Label("Entity")

    introduced_by = RelatedFrom("graph.ogm.Paper", "INTRODUCES")
    used_by = RelatedFrom("graph.ogm.Paper", "USES")
    variant_of = RelatedTo("graph.ogm.Entity", "VARIANT_OF")

    @property
    def kind(self) -> str:
        """The label beside Entity, such as "Method"."""
        return next((label for label in self.__node__.labels if label != "Entity"), "Entity")


class System(Entity):
    """A method or a model; which of the two is a vote of the papers."""

    __primarylabel__ = "Entity"

    beats = RelatedTo("graph.ogm.System", "BEATS")
    beaten_by = RelatedFrom("graph.ogm.System", "BEATS")
    based_on = RelatedTo("graph.ogm.System", "BASED_ON")
    trained_on = RelatedTo("graph.ogm.Dataset", "TRAINED_ON")
    evaluated_on = RelatedTo("graph.ogm.Dataset", "EVALUATED_ON")
    addresses = RelatedTo("graph.ogm.Task", "ADDRESSES")
    results = RelatedFrom("graph.ogm.Result", "OF")


class Method(System):
    """A system that papers mostly call a method."""

    __primarylabel__ = "Method"


class Model(System):
    """A system that papers mostly call a model."""

    __primarylabel__ = "Model"

    size = Property()
    version = Property()


class Dataset(Entity):
    """A benchmark or corpus."""

    __primarylabel__ = "Dataset"

    derived_from = RelatedTo("graph.ogm.Dataset", "DERIVED_FROM")
    addresses = RelatedTo("graph.ogm.Task", "ADDRESSES")
    results = RelatedFrom("graph.ogm.Result", "ON")


class Metric(Entity):
    """A measure; `direction` says whether higher or lower is better."""

    __primarylabel__ = "Metric"

    direction = Property()
    unit = Property()


class Task(Entity):
    """A problem that systems address."""

    __primarylabel__ = "Task"


class Result(GraphObject):  # type: ignore[misc]
    """A score that a paper states."""

    __primarykey__ = "id"

    id = Property()
    name = Property()
    value = Property()
    unit = Property()
    canonical = Property()
    quote = Property()

    paper = RelatedTo("graph.ogm.Paper", "REPORTED_IN")
    of = RelatedTo("graph.ogm.System", "OF")
    on = RelatedTo("graph.ogm.Dataset", "ON")
    by = RelatedTo("graph.ogm.Metric", "BY")


class Claim(GraphObject):  # type: ignore[misc]
    """A comparison that a paper states."""

    __primarykey__ = "id"

    id = Property()
    name = Property()
    polarity = Property()
    aspect = Property()
    quote = Property()

    paper = RelatedTo("graph.ogm.Paper", "STATED_IN")
    winner = RelatedTo("graph.ogm.System", "WINNER")
    loser = RelatedTo("graph.ogm.System", "LOSER")
    on = RelatedTo("graph.ogm.Dataset", "ON")
    by = RelatedTo("graph.ogm.Metric", "BY")
