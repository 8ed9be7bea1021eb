"""The guard of tenants: a statement on a tenant's table has to say whose rows it means.

A table is a tenant's when it has a column ``organization_id``. A statement is scoped on it when a condition that
must hold (a part of its WHERE, or of the ON that brings the table in) sets one of its owning columns equal to a
value, or to an owning column of a table that is scoped itself. Owning columns are marked where they are declared:
``organization_id``, the inner key, references to what the row belongs to, and hashes of secrets. Inner keys never
come from outside, so a row found by one was found through its owner before. A public id is no owning column: it is
what a stranger may hold.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Engine, Join, Select, Table, event
from sqlalchemy.sql import operators
from sqlalchemy.sql.dml import Delete, Insert, Update
from sqlalchemy.sql.elements import BindParameter, BooleanClauseList, ClauseElement, ColumnElement, Grouping, Null
from sqlalchemy.sql.selectable import Alias, CompoundSelect, FromClause, ScalarSelect, SelectBase

from app.store.columns import OWNS
from app.store.errors import UnscopedQuery

TENANT_COLUMN = "organization_id"
#: A condition, and the tables it may scope (None: any).
_Condition = tuple[ColumnElement[Any], frozenset[FromClause] | None]
_NONE: frozenset[FromClause] = frozenset()


def guard(engine: Engine) -> None:
    """Check every statement that this engine runs; see ``check``."""
    scoped: set[object] = set()

    @event.listens_for(engine, "before_execute")
    def look(_connection: object, statement: object, *_: object) -> None:
        key = _shape(statement)
        if key is None or key not in scoped:
            check(statement)
            scoped.add(key)


def _shape(statement: object) -> object | None:
    """What two statements have in common that differ in their values only, by which SQLAlchemy keeps them compiled."""
    key = statement._generate_cache_key() if isinstance(statement, ClauseElement) else None  # noqa: SLF001 - there is no public name for it
    return None if key is None else key.key


def check(statement: object) -> None:
    """Raise UnscopedQuery when a tenant's table is read, changed or emptied without its owner."""
    if isinstance(statement, (Select, CompoundSelect, Update, Delete, Insert)):
        _check(statement, _NONE)


def _check(statement: Any, outer: frozenset[FromClause]) -> None:  # noqa: ANN401 - SQLAlchemy's kinds share no base
    present = outer
    if isinstance(statement, Select):
        leaves, conditions = _froms(statement)
        for criterion in statement._where_criteria:  # noqa: SLF001 - there is no public list of the parts
            conditions.extend((part, None) for part in _parts(criterion))
        _require(leaves - outer, conditions, outer)
        present = outer | leaves
    elif isinstance(statement, (Update, Delete)):
        table = frozenset([statement.table])
        parts: list[_Condition] = [(p, None) for c in statement._where_criteria for p in _parts(c)]  # noqa: SLF001
        _require(table, parts, outer)
        present = outer | table
    for inner in _inside(statement):
        _check(inner, present)


def _froms(statement: Select[Any]) -> tuple[frozenset[FromClause], list[_Condition]]:
    leaves: set[FromClause] = set()
    conditions: list[_Condition] = []
    for source in statement.get_final_froms():
        found, needed = _unfold(source)
        leaves |= found
        conditions += needed
    return frozenset(leaves), conditions


def _unfold(source: FromClause) -> tuple[set[FromClause], list[_Condition]]:
    """The tables of a FROM, and the conditions of its joins."""
    if not isinstance(source, Join):
        return {source}, []
    left, left_needs = _unfold(source.left)
    right, right_needs = _unfold(source.right)
    # The ON of an outer join leaves the rows of its left side as they are: it scopes the right side only.
    scoped = _NONE if source.full else frozenset(right) if source.isouter else None
    on = [] if source.onclause is None else [(part, scoped) for part in _parts(source.onclause)]
    return left | right, left_needs + right_needs + on


def _parts(condition: Any) -> Iterator[ColumnElement[Any]]:  # noqa: ANN401
    """The conditions that all must hold."""
    if isinstance(condition, Grouping):
        yield from _parts(condition.element)
    elif isinstance(condition, BooleanClauseList) and condition.operator is operators.and_:
        for part in condition.clauses:
            yield from _parts(part)
    else:
        yield condition


def _require(leaves: frozenset[FromClause], conditions: list[_Condition], outer: frozenset[FromClause]) -> None:
    scoped = set(outer) | {leaf for leaf in leaves if not _is_tenant(leaf)}
    trusted = set(outer)
    moved = True
    while moved:
        newly = {t for c, may in conditions if (t := _scopes(c, leaves, trusted)) is not None and _may(t, may)}
        moved = bool(newly - trusted)
        trusted |= newly
    missing = sorted({_name(leaf) for leaf in leaves - scoped - trusted})
    if missing:
        raise UnscopedQuery(f"whose {', '.join(missing)}? Name the organization or the owner in the statement")


def _may(table: FromClause, allowed: frozenset[FromClause] | None) -> bool:
    return allowed is None or table in allowed


def _scopes(condition: Any, leaves: frozenset[FromClause], trusted: set[FromClause]) -> FromClause | None:  # noqa: ANN401
    """The table that this condition scopes, given the tables that are scoped already."""
    operator = getattr(condition, "operator", None)
    if operator is operators.is_ and isinstance(condition.right, Null):
        # What belongs to nobody: the shipped questionnaires.
        nobodys: FromClause | None = getattr(condition.left, "table", None)
        return nobodys if nobodys in leaves and condition.left.name == TENANT_COLUMN else None
    if operator not in {operators.eq, operators.in_op}:
        return None
    for mine, other in ((condition.left, condition.right), (condition.right, condition.left)):
        table: FromClause | None = getattr(mine, "table", None)
        if table not in leaves or not _owns(mine):
            continue
        other_table = getattr(other, "table", None)
        if other_table is None and _is_value(other):
            return table
        if other_table in trusted and operator is operators.eq and _owns(other):
            return table
    return None


def _owns(column: ColumnElement[Any]) -> bool:
    # The columns of an alias stand for those of the table, which carry the mark.
    return any(base.info.get(OWNS) for base in column.base_columns if isinstance(base, Column))


def _is_value(other: Any) -> bool:  # noqa: ANN401
    """A value, a list of values, or a query (which is checked by itself)."""
    element = other.element if isinstance(other, (Grouping, ScalarSelect)) else other
    return isinstance(element, (BindParameter, SelectBase))


def _is_tenant(leaf: FromClause) -> bool:
    table = leaf.element if isinstance(leaf, Alias) else leaf
    return isinstance(table, Table) and TENANT_COLUMN in table.c


def _name(leaf: FromClause) -> str:
    table = leaf.element if isinstance(leaf, Alias) else leaf
    return str(getattr(table, "name", table))


def _inside(statement: Any) -> Iterator[Any]:  # noqa: ANN401
    """The statements directly inside this one: subqueries, EXISTS, parts of a UNION, the SELECT of an INSERT."""
    pending = list(statement.get_children())
    while pending:
        element = pending.pop()
        if isinstance(element, (Select, CompoundSelect, Update, Delete, Insert)):
            yield element
        elif isinstance(element, ClauseElement) and not isinstance(element, Table):
            pending.extend(element.get_children())
