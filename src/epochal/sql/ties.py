"""Runs ordered by what they logged, a stretch of an index at a time.

An index orders runs by a metric, a param or a tag, but not those of equal value among
themselves: they are ordered by what follows, by their start if nothing else does. Were half of
100,000 runs of one value, a page of them would sort 50,000. So the index is looked ahead for a
stretch of `STRETCH` entries. If it holds several values, the runs of all but the last are few,
and sorted. If it holds one value, its runs are many, so many that a walk along the order that
follows soon meets a page of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from epochal.sql.conditions import VALUE_TABLES, Condition, all_of
from epochal.sql.orderings import INDEXED_LENGTH, Phase, lacking, phases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from epochal.sql.conditions import KeyName
    from epochal.sql.database import Connection
    from epochal.sql.orderings import Column, Key

Row = tuple[Any, ...]  # the run's number, then the values of its phase's columns
Values = tuple[Any, ...]

STRETCH = 2000


class Fetch(Protocol):
    """Reads rows of a phase by one statement: behind `after`, at most `count`, in order."""

    def __call__(
        self, phase: Phase, after: Values | None, count: int, also: Sequence[Condition]
    ) -> Sequence[Row]:
        """The rows, each with the values of the phase's columns."""
        ...


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some consecutive values of the leading key.

    `is_one` tells that all its runs have one value, and are many.
    """

    bounds: tuple[Condition, ...]
    after: Values | None
    value: Any = None
    is_one: bool = False


@dataclass(frozen=True, slots=True)
class Ties:
    """The reading of phases whose leading key has an index.

    `names` are the interned names, one of each; `limits` says what a filter demands of the
    leading key's value.
    """

    connection: Connection
    names: Mapping[KeyName, tuple[int, ...]]
    fetch: Fetch
    limits: Callable[[Phase], list[Condition]]

    def rows(
        self, phase: Phase, after: Values | None, count: int, also: Sequence[Condition] = ()
    ) -> Sequence[Row]:
        """At most `count` rows of a phase, in order, behind the values `after`."""
        leading = phase.keys[phase.leading]
        ids = self.names.get(leading.name, ()) if leading.name else ()
        if len(ids) != 1 or leading.value.indexed is None or phase.share == "nan":
            return self.fetch(phase, after, count, also)
        found: list[Row] = []
        for stretch in self._stretches(phase, ids[0], after):
            wanted = count - len(found)
            if stretch.is_one:
                found += self._tied(phase, stretch, ids[0], wanted, also)
            else:
                found += self.fetch(phase, stretch.after, wanted, [*also, *stretch.bounds])
            if len(found) >= count:
                break
        return found

    def _stretches(self, phase: Phase, key: int, after: Values | None) -> Iterator[Stretch]:
        column = phase.keys[phase.leading].value
        limits = self.limits(phase)
        bounds = limits if after is None else [*limits, _bound(column, _indexed(after[0]))]
        while True:
            last = self._look_ahead(phase, key, bounds, STRETCH - 1)
            if last is None:
                yield Stretch(tuple(bounds), after)
                return
            first = self._look_ahead(phase, key, bounds, 0)
            if first == last:
                within = Condition(f"{column.indexed} = ?", (first,))
                yield Stretch((within,), after, first, is_one=not _is_cut(first))
                bounds = [*limits, _bound(column, first, "beyond")]
            else:
                yield Stretch((*bounds, _bound(column, last, "before")), after)
                bounds = [*limits, _bound(column, last)]
            after = None

    def _look_ahead(
        self, phase: Phase, key: int, bounds: Sequence[Condition], distance: int
    ) -> Any:
        """The value that far along the index; None behind its end."""
        leading = phase.keys[phase.leading]
        column, alias = leading.value, f"o{leading.index}"
        kind = leading.name[0] if leading.name else ""
        demands = [Condition(f"{alias}.key = ?", (key,)), *bounds]
        if kind == "m":  # without NaN
            demands.append(Condition(f"{column.indexed} IS NOT NULL"))
        condition = all_of(demands)
        direction = " DESC" if column.descending else ""
        row = self.connection.execute(
            f"SELECT {column.indexed} FROM {VALUE_TABLES[kind]} {alias} WHERE {condition.sql} "
            f"ORDER BY {alias}.key{direction}, {column.indexed}{direction} LIMIT 1 OFFSET ?",
            (*condition.params, distance),
        ).first()
        return row[0] if row else None

    def _tied(
        self, phase: Phase, stretch: Stretch, key: int, count: int, also: Sequence[Condition]
    ) -> Iterator[Row]:
        """Runs of one value, by what follows the leading key."""
        leading = phase.keys[phase.leading]
        table = VALUE_TABLES[leading.name[0] if leading.name else ""]
        alias = f"o{leading.index}"
        column = leading.value.sql
        has_value = Condition(
            f"(SELECT 1 FROM {table} {alias} WHERE {alias}.run = r.id AND {alias}.key = ? "
            f"AND {column} = ?) IS NOT NULL",
            (key, stretch.value),
        )
        dialect = self.connection.dialect
        before = [lacking(one, self.names, dialect) for one in phase.keys[: phase.leading]]
        resumed = None
        if stretch.after is not None and stretch.after[0] == stretch.value:
            resumed = stretch.after[1:]
        for sub, after in _parts(phase.keys[phase.leading + 1 :], resumed):
            for row in self.rows(sub, after, count, [*also, *before, has_value]):
                yield (row[0], stretch.value, *_spread(sub, row[1:]))
                count -= 1
            if count <= 0:
                return


def _parts(keys: tuple[Key, ...], after: Values | None) -> Iterator[tuple[Phase, Values | None]]:
    """The phases of what follows a leading key, from where its values `after` say."""
    steps = phases(keys)
    start, behind = (0, None) if after is None else _place(keys, after)
    for index, step in enumerate(steps[start:], start):
        yield step, behind if index == start else None


def _place(keys: tuple[Key, ...], values: Values) -> tuple[int, Values]:
    """Which of the keys' phases a row with these values belongs to, and its values there."""
    index = 0
    for key in keys:
        is_metric = key.name is not None and key.name[0] == "m"
        if key.rank is None:
            return index, values
        rank, values = values[0], values[1:]
        if rank == 0:
            return index, values
        values = values[1:]
        if rank == 1:
            return index + 1, values
        index += 2 if is_metric else 1
    raise AssertionError("The last key of an ordering is never missing")


def _spread(phase: Phase, values: Values) -> Values:
    """The values of a row of a phase as they are when none of its keys leads."""
    missing = (2, None) * phase.leading
    if phase.share == "nan":
        return (*missing, 1, None, *values)
    return (*missing, 0, *values) if phase.keys[phase.leading].rank else (*missing, *values)


def _bound(column: Column, value: Any, side: str = "from") -> Condition:
    """Values `from` this one on, or all `beyond` it, or all `before` it."""
    is_less = column.descending != (side == "before")
    comparator = f"{'<' if is_less else '>'}{'=' if side == 'from' else ''}"
    return Condition(f"{column.indexed} {comparator} ?", (value,))


def _indexed(value: Any) -> Any:
    return value[:INDEXED_LENGTH] if isinstance(value, str) else value


def _is_cut(value: Any) -> bool:
    return isinstance(value, str) and len(value) >= INDEXED_LENGTH
