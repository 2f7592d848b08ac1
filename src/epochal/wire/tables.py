"""Requests and responses about many runs at once: tables, counts, groups, values.

In JSON a column is a list, with null where a run has no value and NaN and the infinities spelled
as "NaN", "Infinity" and "-Infinity". In MessagePack it is one of three:

    {"name", "doubles": float64 bytes, "gaps": int32 bytes}     numbers
    {"name", "integers": int64 bytes, "gaps": int32 bytes}      whole numbers
    {"name", "words": [text, …], "codes": int32 bytes}          texts, each distinct one once

`gaps` are the places of runs that have no value; their code is -1. Bytes are little-endian.
"""

from __future__ import annotations

import math
from array import array
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

from epochal.entities import Page, RunGroup, RunTable, ValueCount
from epochal.errors import EpochalError
from epochal.wire.columns import column_bytes, pack, read_column
from epochal.wire.decoding import Message
from epochal.wire.encoding import decode_response, encode
from epochal.wire.numbers import Int64, spell_double

if TYPE_CHECKING:
    from collections.abc import Sequence


class SelectRuns(Message):
    """Which runs are asked about. No experiments: no runs, and no error."""

    experiment_ids: list[str] = msgspec.field(default_factory=list[str])
    filter: str = ""
    run_view_type: str | int | None = None


class ReadTable(SelectRuns):
    """One page of runs; without `columns` in all columns there are."""

    order_by: list[str] = msgspec.field(default_factory=list[str])
    columns: list[str] | None = None
    max_results: Int64 = 1000
    page_token: str = ""


class CountRuns(SelectRuns):
    """How many runs match."""


class GroupRuns(SelectRuns):
    """Runs with equal values counted together."""

    by: list[str] = msgspec.field(default_factory=list[str])
    aggregates: list[str] = msgspec.field(default_factory=list[str])
    max_results: Int64 = 1000
    page_token: str = ""


class ListValues(SelectRuns):
    """Distinct values of a field."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("field",)
    field: str = ""
    prefix: str = ""
    max_results: Int64 = 100


def encode_table(table: RunTable, *, packed: bool) -> bytes:
    """The answer to `runs/table`."""
    token = table.token or ""
    if packed:
        columns = [_pack_column(name, values) for name, values in table.columns.items()]
        return pack({"run_ids": table.run_ids, "columns": columns, "next_page_token": token})
    spelled = {name: _spell_column(values) for name, values in table.columns.items()}
    return encode({"run_ids": table.run_ids, "columns": spelled, "next_page_token": token})


def decode_table(body: bytes) -> RunTable:
    """Read the packed answer to `runs/table`. Raises EpochalError."""
    try:
        found = _table_decoder.decode(body)
    except msgspec.MsgspecError as fault:
        raise EpochalError(
            f"The server's answer is not understood: {fault}; it begins with {body[:80]!r}"
        ) from None
    columns = {column.name: column.values() for column in found.columns}
    return RunTable(found.run_ids, columns, found.next_page_token or None)


def encode_count(count: int) -> bytes:
    """The answer to `runs/count`."""
    return encode({"count": count})


def decode_count(body: bytes) -> int:
    """Read the answer to `runs/count`."""
    return decode_response(_Count, body).count


def encode_groups(page: Page[RunGroup], by: Sequence[str], aggregates: Sequence[str]) -> bytes:
    """The answer to `runs/groups`; `by` and `aggregates` as they were asked for."""
    groups = [
        {
            "by": dict(zip(by, _spell_column(group.by), strict=True)),
            "count": group.count,
            "aggregates": dict(zip(aggregates, _spell_column(group.aggregates), strict=True)),
        }
        for group in page.items
    ]
    return encode({"groups": groups, "next_page_token": page.token or ""})


def decode_groups(body: bytes, by: Sequence[str], aggregates: Sequence[str]) -> Page[RunGroup]:
    """Read the answer to `runs/groups`, asked with these fields and aggregates."""
    found = decode_response(_Groups, body)
    groups = [
        RunGroup(
            [_read_value(group.by.get(name)) for name in by],
            group.count,
            [_read_number(group.aggregates.get(name)) for name in aggregates],
        )
        for group in found.groups
    ]
    return Page(groups, found.next_page_token or None)


def encode_values(values: Sequence[ValueCount]) -> bytes:
    """The answer to `runs/values`."""
    spelled = _spell_column([value.value for value in values])
    rows = zip(spelled, values, strict=True)
    return encode({"values": [{"value": text, "count": one.count} for text, one in rows]})


def decode_values(body: bytes) -> list[ValueCount]:
    """Read the answer to `runs/values`."""
    return [
        ValueCount(_read_value(one.value), one.count)
        for one in decode_response(_Values, body).values
    ]


def _spell_column(values: Sequence[Any]) -> list[Any]:
    return [
        spell_double(value, exact=True)
        if value.__class__ is float and not math.isfinite(value)
        else value
        for value in values
    ]


def _pack_column(name: str, values: list[Any]) -> dict[str, Any]:
    kinds = set(map(type, values))
    if str in kinds:
        distinct = dict.fromkeys(values)
        distinct.pop(None, None)
        words = list(distinct)
        codes = {None: -1, **dict(zip(words, range(len(words)), strict=True))}
        listed = array("i", map(codes.__getitem__, values))
        return {"name": name, "words": words, "codes": column_bytes(listed)}
    gaps, filled = array("i"), values
    if type(None) in kinds:
        gaps.extend(place for place, value in enumerate(values) if value is None)
        filled = [0 if value is None else value for value in values]
    fields: dict[str, Any] = {"name": name, "gaps": column_bytes(gaps)}
    if float in kinds:
        return {**fields, "doubles": column_bytes(array("d", filled))}
    return {**fields, "integers": column_bytes(array("q", filled))}


def _read_value(given: Any) -> Any:
    return given


def _read_number(given: Any) -> float | None:
    return None if given is None else float(given)


class _Column(msgspec.Struct):
    name: str
    doubles: bytes | None = None
    integers: bytes | None = None
    gaps: bytes = b""
    words: list[str] = msgspec.field(default_factory=list[str])
    codes: bytes = b""

    def values(self) -> list[Any]:
        if self.doubles is None and self.integers is None:
            words: list[str | None] = [*self.words, None]  # which the code -1 finds
            return [words[code] for code in read_column("i", self.codes, "codes")]
        numbers = read_column("q", self.integers or b"", "integers")
        if self.doubles is not None:
            numbers = read_column("d", self.doubles, "doubles")
        values: list[Any] = numbers.tolist()
        for place in read_column("i", self.gaps, "gaps"):
            values[place] = None
        return values


class _Table(msgspec.Struct):
    run_ids: list[str]
    columns: list[_Column]
    next_page_token: str = ""


class _Count(msgspec.Struct):
    count: int


class _Group(msgspec.Struct):
    by: dict[str, Any]
    count: int
    aggregates: dict[str, Any]


class _Groups(msgspec.Struct):
    groups: list[_Group]
    next_page_token: str = ""


class _Value(msgspec.Struct):
    value: Any
    count: int


class _Values(msgspec.Struct):
    values: list[_Value]


_table_decoder = msgspec.msgpack.Decoder(_Table)
