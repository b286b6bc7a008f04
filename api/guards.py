"""What a document may ask for: one walk before validation, that stops at the first thing too much."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Undefined,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
)
from graphql.utilities import value_from_ast_untyped
from strawberry.extensions import SchemaExtension

from api.errors import NO_OPERATION, VALIDATION_FAILED, Refused
from api.paging import DEFAULT_FIRST
from api.settings import ApiSettings

# How many nodes a list without an argument for its size has, by estimate.
_FEW_ARE = 10
_SIZES = ("first", "limit")
_LARGE = 10**9
_INTROSPECTION_DEPTH = 20


class Guards(SchemaExtension):
    """Holds each operation to the limits in the settings."""

    def on_operation(self) -> Iterator[None]:
        context = self.execution_context.context
        self.execution_context.parse_options["max_tokens"] = context.settings.max_tokens
        context.charge(1)
        yield

    def on_validate(self) -> Iterator[None]:
        execution = self.execution_context
        document, context = execution.graphql_document, execution.context
        if document is not None:
            if context.operation is None and len(_operations(document)) > 1:
                raise Refused("The document has several operations: say which by `operationName`.", NO_OPERATION)
            schema = execution.schema._schema
            context.cost = check(schema, document, execution.variables or {}, context.settings)
            context.kind = execution.operation_type.value
            # One was counted for the request itself.
            context.charge(max(context.cost - 1, 0))
        yield

    def on_execute(self) -> Iterator[None]:
        context = self.execution_context.context
        context.validated = True
        # What the event loop has given up waiting for ends here too.
        with context.behind.limited(context.deadline - monotonic()):
            yield


def check(schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any], settings: ApiSettings) -> int:
    """Return what the document costs at most: the number of nodes it may show. Raises Refused where it asks for too much."""
    fragments = {item.name.value: item for item in document.definitions if isinstance(item, FragmentDefinitionNode)}
    walk = _Walk(schema=schema, fragments=fragments, settings=settings)
    for operation in _operations(document):
        walk.variables = {**_defaults(operation), **variables}
        walk.roots = 0
        root = schema.get_root_type(operation.operation)
        walk.selections(operation.selection_set, root, depth=1, rows=1, within=())
    return walk.cost


def _operations(document: DocumentNode) -> list[OperationDefinitionNode]:
    return [item for item in document.definitions if isinstance(item, OperationDefinitionNode)]


def _defaults(operation: OperationDefinitionNode) -> dict[str, Any]:
    given = operation.variable_definitions or ()
    return {item.variable.name.value: value_from_ast_untyped(item.default_value) for item in given if item.default_value}


def _refuse(message: str) -> None:
    raise Refused(message, VALIDATION_FAILED)


@dataclass(slots=True)
class _Walk:
    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    settings: ApiSettings
    variables: Mapping[str, Any] = field(default_factory=dict)
    aliases: int = 0
    directives: int = 0
    roots: int = 0
    steps: int = 0
    cost: int = 0

    def selections(
        self, given: SelectionSetNode | None, parent: Any, *, depth: int, rows: int, within: tuple[str, ...]
    ) -> None:
        for selection in given.selections if given else ():
            self._step(selection.directives)
            match selection:
                case FieldNode():
                    self._field(selection, parent, depth, rows, within)
                case FragmentSpreadNode():
                    name = selection.name.value
                    fragment = self.fragments.get(name)
                    # Unknown and circular fragments, types and fields are for validation to name.
                    if fragment and name not in within:
                        on = self.schema.type_map.get(fragment.type_condition.name.value)
                        self.selections(fragment.selection_set, on, depth=depth, rows=rows, within=(*within, name))
                case InlineFragmentNode():
                    named = selection.type_condition
                    on = self.schema.type_map.get(named.name.value) if named else parent
                    self.selections(selection.selection_set, on, depth=depth, rows=rows, within=within)

    def _field(self, node: FieldNode, parent: Any, depth: int, rows: int, within: tuple[str, ...]) -> None:
        name, limits = node.name.value, self.settings
        if depth == 1:
            self.roots += 1
        if self.roots > limits.max_root_fields:
            _refuse(f"The query has more than {limits.max_root_fields} fields at its root.")
        if node.alias:
            self.aliases += 1
        if self.aliases > limits.max_aliases:
            _refuse(f"The query has more than {limits.max_aliases} aliases.")
        if name in ("__schema", "__type") and not limits.introspection:
            _refuse("Introspection is switched off here; the schema is at /schema.graphql.")
        if name.startswith("__"):
            # Introspection is deep by nature and costs nothing from the store.
            self._count_introspection(node.selection_set, within)
            return
        if depth > limits.max_depth:
            _refuse(f"The query is deeper than {limits.max_depth} levels.")
        definition = getattr(parent, "fields", {}).get(name)
        rows *= self._size(node, parent, definition) if definition else 1
        self.cost += rows
        if self.cost > limits.max_cost:
            _refuse(f"The query may show more than {limits.max_cost} nodes: ask for smaller pages, or less in each of them.")
        child = get_named_type(definition.type) if definition else None
        self.selections(node.selection_set, child, depth=depth + 1, rows=rows, within=within)

    def _count_introspection(self, given: SelectionSetNode | None, within: tuple[str, ...], depth: int = 1) -> None:
        if depth > _INTROSPECTION_DEPTH:
            _refuse(f"The query asks for the schema deeper than {_INTROSPECTION_DEPTH} levels.")
        for selection in given.selections if given else ():
            self._step(selection.directives)
            if isinstance(selection, FragmentSpreadNode):
                name = selection.name.value
                fragment = self.fragments.get(name)
                if fragment and name not in within:
                    self._count_introspection(fragment.selection_set, (*within, name), depth)
            else:
                below = depth + 1 if isinstance(selection, FieldNode) else depth
                self._count_introspection(selection.selection_set, within, below)  # type: ignore[attr-defined]  # a field or inline fragment

    def _step(self, directives: Any) -> None:
        limits, here = self.settings, len(directives or ())
        self.steps += 1
        self.directives += here
        if here > limits.max_directives_in_one_place:
            _refuse(f"The query has more than {limits.max_directives_in_one_place} directives in one place.")
        if self.directives > limits.max_directives:
            _refuse(f"The query has more than {limits.max_directives} directives.")
        # Fragments that spread fragments can make a short document long.
        if self.steps > 5 * limits.max_tokens:
            _refuse("The query's fragments unfold to too many fields.")

    def _size(self, node: FieldNode, parent: Any, definition: GraphQLField) -> int:
        """Return how many rows a field shows for each row that it is asked of."""
        given = {argument.name.value: argument.value for argument in node.arguments or ()}
        for name in _SIZES:
            if name in definition.args:
                usual = definition.args[name].default_value
                default = DEFAULT_FIRST if usual in (None, Undefined) else int(usual)
                return self._number(given[name], default) if name in given else default
        if "ids" in definition.args:
            return self._length(given.get("ids"))
        listed = is_list_type(get_nullable_type(definition.type)) and not is_leaf_type(get_named_type(definition.type))
        # The rows of a connection are counted where it is asked for.
        return _FEW_ARE if listed and "pageInfo" not in parent.fields else 1

    def _number(self, value: Any, default: int) -> int:
        if isinstance(value, IntValueNode):
            return max(1, min(int(value.value), _LARGE))
        given = self.variables.get(value.name.value) if isinstance(value, VariableNode) else None
        return max(1, min(given, _LARGE)) if isinstance(given, int) else default

    def _length(self, value: Any) -> int:
        if isinstance(value, ListValueNode):
            return max(1, len(value.values))
        given = self.variables.get(value.name.value) if isinstance(value, VariableNode) else None
        return max(1, len(given)) if isinstance(given, list) else 1
