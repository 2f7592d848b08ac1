"""The schema of an Arrow table, as runs keep it."""

from __future__ import annotations

from typing import Any

from epochal.data.libraries import library
from epochal.data.types import Array, ColSpec, DataType, Kind, Map, Object, Property, Schema
from epochal.errors import InvalidParameterError

_KINDS: dict[str, Kind] = {
    "bool": DataType.boolean,
    "int8": DataType.integer,
    "int16": DataType.integer,
    "int32": DataType.integer,
    "uint8": DataType.integer,
    "uint16": DataType.integer,
    "int64": DataType.long,
    "uint32": DataType.long,
    "halffloat": DataType.float,
    "float": DataType.float,
    "double": DataType.double,
    "string": DataType.string,
    "large_string": DataType.string,
    "string_view": DataType.string,
    "binary": DataType.binary,
    "large_binary": DataType.binary,
    "date32[day]": DataType.datetime,
    "date64[ms]": DataType.datetime,
}


def schema_of_table(table: Any) -> Schema | None:
    """The columns of a table; None if it has none, or one that no schema can name."""
    try:
        return Schema(
            [
                ColSpec(_kind(field.type), field.name, table.column(at).null_count == 0)
                for at, field in enumerate(table.schema)
            ]
        )
    except InvalidParameterError:
        return None


def _kind(dtype: Any) -> Kind:
    types = library("pyarrow.types")
    if str(dtype) in _KINDS:
        return _KINDS[str(dtype)]
    if types.is_timestamp(dtype):
        return DataType.datetime
    if types.is_dictionary(dtype):
        return _kind(dtype.value_type)
    if types.is_list(dtype) or types.is_large_list(dtype) or types.is_fixed_size_list(dtype):
        return Array(_kind(dtype.value_type))
    if types.is_map(dtype):
        return Map(_kind(dtype.item_type))
    if types.is_struct(dtype):
        return Object(
            [
                Property(dtype.field(at).name, _kind(dtype.field(at).type))
                for at in range(dtype.num_fields)
            ]
        )
    raise InvalidParameterError(f"No column type is known for Arrow's {dtype}")
