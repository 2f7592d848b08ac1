"""What a filter means in SQL: from the tree of `epochal.search` to one condition on a row.

Each clause looks its value up by primary key in a scalar subquery. PostgreSQL would turn EXISTS
into joins and plan hundreds of clauses for minutes; a lookup costs the same for each row on
both databases. A missing value makes the subquery NULL, which no clause but IS NULL accepts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from epochal.entities.dataset import CONTEXT_TAG
from epochal.search.algebra import comparisons, demands, depth, pushed, without
from epochal.search.tree import And, Comparison, Field, Not, Or
from epochal.sql.clauses import (
    duration_clause,
    metric_clause,
    number_clause,
    number_of_experiment_clause,
    text_clause,
)
from epochal.sql.conditions import (
    ALWAYS,
    EXPERIMENT_COLUMNS,
    NEVER,
    VALUE_TABLES,
    Condition,
    KeyName,
    all_of,
    among_keys,
    any_of,
    filter_key_name,
    negated,
    run_column,
    value_column,
)
from epochal.sql.registry_clauses import model_clause, runs_of_versions, version_clause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from epochal.search.tree import Node
    from epochal.sql.dialect import Dialect

PARENT_TAG = "mlflow.parentRunId"
_PARENT_KEY: KeyName = ("t", PARENT_TAG)
_PARENT_ID = Field("attribute", "run_id", relation="parent")
_TIMES = {"start_time", "end_time", "creation_time", "last_update_time"}
_BOUNDING = {"=", ">", ">=", "<", "<=", "IN", "BETWEEN"}

Leaf = Comparison | Not  # a Not that stands above a single clause


def run_condition(
    node: Node | None,
    dialect: Dialect,
    keys: Mapping[KeyName, tuple[int, ...]],
    number: str = "r.id",
) -> Condition:
    """What a filter demands of the row `r` of `runs`. `keys` resolves `wanted_keys`.

    `number` is another column that holds `r.id`: where the walk starts in the table of that
    column, what was logged is then looked up before the run's own row.
    """
    if node is None:
        return ALWAYS
    return _Runs("r", dialect, keys, number).condition(pushed(node), is_outermost=True)


def experiment_condition(node: Node | None, dialect: Dialect) -> Condition:
    """What a filter demands of the row `e` of `experiments`."""
    if node is None:
        return ALWAYS
    return _Experiments(dialect).condition(pushed(node), is_outermost=True)


def model_condition(node: Node | None, dialect: Dialect) -> Condition:
    """What a filter demands of the row `m` of `registered_models`."""
    if node is None:
        return ALWAYS
    return _Registered(dialect, model_clause).condition(pushed(node), is_outermost=True)


def version_condition(node: Node | None, dialect: Dialect) -> Condition:
    """What a filter demands of the row `v` of `model_versions` and its `m`."""
    if node is None:
        return ALWAYS
    return _Registered(dialect, version_clause).condition(pushed(node), is_outermost=True)


def wanted_keys(node: Node | None) -> set[KeyName]:
    """The names that a filter over runs mentions, as `run_condition` wants them resolved."""
    found: set[KeyName] = set()
    for comparison in comparisons(node):
        name = filter_key_name(comparison.field)
        if comparison.field.relation in {"parent", "child"}:
            found.add(_PARENT_KEY)
        elif name is not None and comparison.field.relation is None:
            found.add(name)
    return found


def bounds(node: Node | None, field: Field, column: str) -> list[Condition]:
    """What a filter demands of one metric or summary, said of a column that holds its value.

    A part of the filter in a form that bounds the walk over an index.
    """
    return [
        metric_clause(column, comparison)
        for comparison in demands(node)
        if _is_bound(comparison, field)
    ]


def beyond_bounds(node: Node | None, field: Field) -> Node | None:
    """What a filter demands besides its `bounds`; None for nothing."""
    return without(node, lambda comparison: _is_bound(comparison, field))


def _is_bound(comparison: Comparison, field: Field) -> bool:
    return comparison.field == field and comparison.operator in _BOUNDING


class _Rows:
    """The boolean part, which all rows share; subclasses know the clauses."""

    def condition(self, node: Node, *, is_outermost: bool = False) -> Condition:
        """What a tree, its Nots pushed down, demands of the row."""
        if isinstance(node, Comparison | Not):
            return self._leaves([node], all_of)
        join = all_of if isinstance(node, And) else any_of
        leaves = [part for part in node.parts if isinstance(part, Comparison | Not)]
        groups = [part for part in node.parts if isinstance(part, And | Or)]
        # The deepest group first, or SQLite's parser runs out of stack: it takes about fifty
        # parentheses one right after the other, and fewer behind a joint.
        groups.sort(key=depth, reverse=True)
        inner = [self.condition(group) for group in groups]
        own = [self._leaves(leaves, join)] if leaves else []
        return join([*own, *inner] if is_outermost else [*inner, *own])

    def _leaves(
        self, leaves: Sequence[Leaf], join: Callable[[Iterable[Condition]], Condition]
    ) -> Condition:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class _Experiments(_Rows):
    """Clauses on the row `e` of `experiments`."""

    dialect: Dialect

    def _leaves(
        self, leaves: Sequence[Leaf], join: Callable[[Iterable[Condition]], Condition]
    ) -> Condition:
        return join(_leaf(leaf, self.clause) for leaf in leaves)

    def clause(self, clause: Comparison) -> Condition:
        """One clause; IS NULL is asked as the complement of IS NOT NULL."""
        key = clause.field.key
        if clause.field.entity == "tag":
            source = "FROM experiment_tags x WHERE x.experiment = e.id AND x.key = ?"
            test = text_clause("x.value", clause, self.dialect)
            return Condition(
                f"(SELECT 1 {source} AND {test.sql}) IS NOT NULL", (key, *test.params)
            )
        column = EXPERIMENT_COLUMNS[key]
        if key == "experiment_id":
            return number_of_experiment_clause(column, clause)
        if key in _TIMES:
            return number_clause(column, clause)
        return text_clause(column, clause, self.dialect)


@dataclass(frozen=True, slots=True)
class _Registered(_Rows):
    """Clauses on a registered model or a version of one."""

    dialect: Dialect
    clause: Callable[[Comparison, Dialect], Condition]

    def _leaves(
        self, leaves: Sequence[Leaf], join: Callable[[Iterable[Condition]], Condition]
    ) -> Condition:
        return join(_leaf(leaf, lambda one: self.clause(one, self.dialect)) for leaf in leaves)


@dataclass(frozen=True, slots=True)
class _Runs(_Rows):
    """Clauses on the row `alias` of `runs`.

    Without `keys` the names are looked up in the row's own experiment, as for related runs.
    `number` is the column that says which run it is.
    """

    alias: str
    dialect: Dialect
    keys: Mapping[KeyName, tuple[int, ...]] | None
    number: str

    def _leaves(
        self, leaves: Sequence[Leaf], join: Callable[[Iterable[Condition]], Condition]
    ) -> Condition:
        """Clauses on one name look at one row, so that row is looked up once for all of them."""
        shared: dict[tuple[KeyName, bool], list[Comparison]] = {}
        conditions: list[Condition] = []
        for leaf in leaves:
            clause = leaf if isinstance(leaf, Comparison) else leaf.part
            assert isinstance(clause, Comparison)  # noqa: S101 - Nots were pushed down
            name = None if clause.field.relation else filter_key_name(clause.field)
            if name is None:
                conditions.append(_leaf(leaf, self.clause))
            else:
                shared.setdefault((name, isinstance(leaf, Not)), []).append(clause)
        for (name, is_negated), clauses in shared.items():
            if is_negated:  # no part holds where not any of them does
                other = any_of if join is all_of else all_of
                conditions.append(negated(self._logged(name, clauses, other)))
            else:
                conditions.append(self._logged(name, clauses, join))
        return join(conditions)

    def clause(self, clause: Comparison) -> Condition:
        """One clause that is not on a logged name of this very row."""
        field, alias = clause.field, self.alias
        if field.relation is not None:
            return self._related(clause)
        if field.entity == "dataset":
            return self._dataset(clause)
        column = run_column(field.key, alias)
        if field.key in _TIMES:
            return number_clause(column, clause)
        if field.key == "duration":
            return duration_clause(column, clause)
        return text_clause(column, clause, self.dialect)

    def any_clause(self, clause: Comparison) -> Condition:
        """One clause of any kind."""
        return self._leaves([clause], all_of)

    def _logged(
        self,
        name: KeyName,
        clauses: Sequence[Comparison],
        join: Callable[[Iterable[Condition]], Condition],
    ) -> Condition:
        """Clauses on one metric, param or tag of the run, joined within one lookup."""
        key = self._key("x.key", name)
        absent = [clause for clause in clauses if clause.operator == "IS NULL"]
        present = [clause for clause in clauses if clause.operator != "IS NULL"]
        if key == NEVER:  # nothing was ever logged under this name
            return join([ALWAYS for _ in absent] + [NEVER for _ in present])
        row = f"FROM {VALUE_TABLES[name[0]]} x WHERE x.run = {self.number} AND {key.sql}"
        found: list[Condition] = []
        if absent:
            found.append(Condition(f"(SELECT 1 {row}) IS NULL", key.params))
        if present:
            test = join(self._on_value(clause, name[0]) for clause in present)
            found.append(
                Condition(f"(SELECT 1 {row} AND {test.sql}) IS NOT NULL", key.params + test.params)
            )
        if absent and present and join is all_of:
            return NEVER
        return join(found)

    def _on_value(self, clause: Comparison, kind: str) -> Condition:
        if clause.operator == "IS NOT NULL":
            return ALWAYS
        column = value_column(clause.field, "x")
        if kind == "m":
            return metric_clause(column, clause)
        return text_clause(column, clause, self.dialect)

    def _key(self, column: str, name: KeyName) -> Condition:
        if self.keys is not None:
            ids = self.keys.get(name, ())
            return among_keys(column, ids, self.dialect) if ids else NEVER
        return Condition(
            f"{column} = (SELECT k.id FROM keys k WHERE k.experiment = {self.alias}.experiment "
            "AND k.kind = ? AND k.name = ?)",
            name,
        )

    def _dataset(self, clause: Comparison) -> Condition:
        """A clause on any dataset that the run read; several clauses may mean several datasets."""
        if clause.field.key == "context":
            join = "input_tags x ON x.input = i.id"
            test = text_clause("x.value", clause, self.dialect)
            test = all_of([Condition("x.key = ?", (CONTEXT_TAG,)), test])
        else:
            join = "datasets x ON x.id = i.dataset"
            test = text_clause(f"x.{clause.field.key}", clause, self.dialect)
        row = f"FROM inputs i JOIN {join} WHERE i.run = {self.number} AND {test.sql} LIMIT 1"
        return Condition(f"(SELECT 1 {row}) IS NOT NULL", test.params)

    def _related(self, clause: Comparison) -> Condition:
        own = replace(clause, field=replace(clause.field, relation=None))
        if clause.field.relation == "experiment":
            test = _Experiments(self.dialect).clause(own)
            row = f"FROM experiments e WHERE e.id = {self.alias}.experiment AND {test.sql}"
            return Condition(f"(SELECT 1 {row}) IS NOT NULL", test.params)
        if clause.field.relation == "model":  # found once, not for each row: they are few
            made = runs_of_versions(own, self.dialect)
            column = f"{self.alias}.run_id"
            return Condition(self.dialect.among_found(column, made.sql), made.params)
        if clause.field == _PARENT_ID:  # the tag itself, whether or not that run is here
            return self._logged(
                _PARENT_KEY, [replace(clause, field=Field("tag", PARENT_TAG))], all_of
            )
        if self._key("t.key", _PARENT_KEY) == NEVER:  # no run is nested in another
            return NEVER
        return self._parent(own) if clause.field.relation == "parent" else self._child(own)

    def _parent(self, own: Comparison) -> Condition:
        """Looked up by its id and not joined: PostgreSQL might join all runs for each row."""
        key = self._key("t.key", _PARENT_KEY)
        test = _Runs("p", self.dialect, None, "p.id").any_clause(own)
        named = f"SELECT t.value FROM tags t WHERE t.run = {self.number} AND {key.sql}"
        return Condition(
            f"(SELECT 1 FROM runs p WHERE p.run_id = ({named}) AND {test.sql}) IS NOT NULL",
            key.params + test.params,
        )

    def _child(self, own: Comparison) -> Condition:
        """Any run of the same experiment that names this one; found once, not for each row."""
        key = self._key("k.id", _PARENT_KEY)
        test = _Runs("c", self.dialect, None, "c.id").any_clause(own)
        return Condition(
            f"({self.alias}.experiment, {self.alias}.run_id) IN (SELECT c.experiment, t.value "
            "FROM keys k JOIN runs c ON c.experiment = k.experiment "
            "JOIN tags t ON t.run = c.id AND t.key = k.id "
            f"WHERE {key.sql} AND c.lifecycle_stage = 'active' "
            f"AND {test.sql})",
            key.params + test.params,
        )


def _leaf(leaf: Leaf, compiled: Callable[[Comparison], Condition]) -> Condition:
    """A clause or its complement; IS NULL is the complement of IS NOT NULL."""
    clause = leaf if isinstance(leaf, Comparison) else leaf.part
    assert isinstance(clause, Comparison)  # noqa: S101 - Nots were pushed down
    is_negated = isinstance(leaf, Not)
    if clause.operator == "IS NULL":
        clause, is_negated = replace(clause, operator="IS NOT NULL"), not is_negated
    found = compiled(clause)
    return negated(found) if is_negated else found
