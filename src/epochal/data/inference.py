"""From data to its schema, the way MLflow infers one."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING, Any, cast

from epochal.data.libraries import library
from epochal.data.types import (
    AnyType,
    Array,
    ColSpec,
    DataType,
    Kind,
    Map,
    Object,
    Property,
    Schema,
    TensorSpec,
)
from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WORD = 4  # bytes of a 32-bit number
_LONG = 8


def infer_schema(data: Any) -> Schema:  # noqa: PLR0911 - one return for each kind of data
    """The schema of a table, an array, a dictionary of arrays, or plain values.

    Raises:
        InvalidParameterError: the data holds what no schema can name, such as durations.

    """
    pandas = sys.modules.get("pandas")  # what is not imported cannot be given
    if pandas is not None and isinstance(data, pandas.DataFrame):
        return Schema([_column(data.iloc[:, at], name) for at, name in _unique_names(data)])
    if pandas is not None and isinstance(data, pandas.Series):
        return Schema([_column(data, data.name)])
    if _is_spark_frame(data):
        return _spark_schema(data)
    if isinstance(data, dict):
        return _schema_of_dictionary(cast("dict[Any, Any]", data))
    if hasattr(data, "dtype") and hasattr(data, "shape"):
        return Schema([tensor(data)])
    if isinstance(data, list):
        return _schema_of_list(cast("list[Any]", data))
    return Schema([ColSpec(_known(infer_kind(data), data))])


def tensor(array: Any, name: str | None = None) -> TensorSpec:
    """Type and shape of an array or sparse matrix; the first size may vary.

    Raises:
        InvalidParameterError: it is a single number.

    """
    import numpy as np

    if not array.shape:
        raise InvalidParameterError("An array of no dimensions has no rows; give one of 1 or more")
    kinds = {"U": np.dtype("str"), "S": np.dtype("bytes")}  # without the length of the longest
    dtype = np.dtype(array.dtype)
    return TensorSpec(kinds.get(dtype.char, dtype), (-1, *array.shape[1:]), name)


def _schema_of_dictionary(data: dict[Any, Any]) -> Schema:
    import numpy as np

    if all(isinstance(value, np.ndarray) for value in data.values()):
        return Schema([tensor(value, name) for name, value in data.items()])
    if not all(isinstance(name, str) for name in data):
        raise InvalidParameterError(f"The keys of a dictionary must be text; given: {list(data)}")
    return Schema(
        [
            ColSpec(_known(infer_kind(value), value), name, not _holds_missing(value))
            for name, value in data.items()
        ]
    )


def _schema_of_list(data: list[Any]) -> Schema:
    if not data:
        return Schema([ColSpec(DataType.string)])
    if not all(isinstance(value, dict) for value in data):
        return Schema([ColSpec(_items(data))])
    columns: dict[str, list[Any]] = {}
    for row in data:
        for name, value in row.items():
            columns.setdefault(name, []).append(value)
    return Schema(
        [
            ColSpec(_items(values), name, all(row.get(name) is not None for row in data))
            for name, values in columns.items()
        ]
    )


def _unique_names(frame: Any) -> list[tuple[int, Any]]:
    names = list(frame.columns)
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise InvalidParameterError(f"The column {twice!r} is there twice; give each its own name")
    return list(enumerate(names))


def _column(column: Any, name: Any) -> ColSpec:
    return ColSpec(_kind_of_column(column), name, not _holds_missing(column))


def _kind_of_column(column: Any) -> Kind:
    if column.dtype.kind != "O":
        return kind_of_dtype(column.dtype)
    column = column.infer_objects()
    if column.dtype.kind != "O":
        return kind_of_dtype(column.dtype)
    kinds = _scalar_kinds(column)
    if kinds:
        return kinds.pop()
    try:
        return _items(column.to_list())
    except InvalidParameterError:
        pd = library("pandas")

        if pd.api.types.is_string_dtype(column):
            return DataType.string
        raise


def _scalar_kinds(column: Any) -> set[Kind] | None:
    """The one kind of plain values in a column, found without a look at each; None if mixed."""
    if len(column) and column.dtype.name in {"str", "string"}:  # all that is there is text
        return {DataType.string if column.notna().any() else AnyType()}
    present = set(map(type, column.array[column.notna().to_numpy()]))
    if not present:
        return {AnyType()} if len(column) else None
    kinds = {_scalars().get(kind) for kind in present}
    found = kinds.pop()
    return {found} if found is not None and not kinds else None


def kind_of_dtype(dtype: Any) -> Kind:
    """The type of cells of a numpy dtype or an extension dtype of pandas.

    Raises:
        InvalidParameterError: no column may be of it, such as complex numbers.

    """
    kind, size = dtype.kind, getattr(dtype, "itemsize", _LONG)
    found: Kind | None = _PLAIN.get(kind)
    if kind in "iu":
        signed = kind == "i"
        if size < _WORD or (signed and size == _WORD):
            found = DataType.integer
        elif size < _LONG or (signed and size == _LONG):
            found = DataType.long
    elif kind == "f" and size <= _LONG:
        found = DataType.float if size <= _WORD else DataType.double
    if found is None:
        raise InvalidParameterError(f"No column type is known for the dtype {dtype!s}")
    return found


_PLAIN: dict[str, Kind] = {
    "b": DataType.boolean,
    "U": DataType.string,
    "S": DataType.binary,
    "M": DataType.datetime,
}


def infer_kind(value: Any) -> Kind | None:
    """The type of one value; None for an empty array, which says nothing.

    Raises:
        InvalidParameterError: the value, or one in it, is of no known type.

    """
    import numpy as np

    if is_missing(value) or (isinstance(value, list | dict) and not value):
        return AnyType()
    if isinstance(value, dict):
        return _kind_of_object(cast("dict[str, Any]", value))
    if isinstance(value, list | np.ndarray):
        found = _merged_items(cast("Iterable[Any]", value))
        return None if found is None else Array(found)
    kind = _scalars().get(cast("Any", type)(value))
    if kind is None:
        shown = f"{value!r:.80}"
        raise InvalidParameterError(
            f"{shown} of type {type(value).__name__} is of none of the types that a column may have"
        )
    return kind


def _kind_of_object(value: dict[str, Any]) -> Object:
    properties: list[Property] = []
    for name, item in value.items():
        kind = _known(infer_kind(item), item)
        if not isinstance(cast("Any", name), str):
            raise InvalidParameterError(f"Keys of objects must be text; {name!r} is not")
        properties.append(Property(name, kind, required=kind != AnyType()))
    return Object(properties)


def _items(values: list[Any]) -> Kind:
    return _known(_merged_items(values), values)


def _merged_items(values: Iterable[Any]) -> Kind | None:
    result: Kind | None = None
    for value in values:
        kind = infer_kind(value)
        if kind is not None and kind != result:
            result = kind if result is None else merge_kinds(result, kind)
    return result


def merge_kinds(one: Kind, other: Kind) -> Kind:
    """The type of which both are. Raises InvalidParameterError if there is none."""
    if isinstance(one, AnyType):
        return _loosened(other)
    if isinstance(other, AnyType):
        return _loosened(one)
    if one == other:
        return one
    if isinstance(one, Array) and isinstance(other, Array):
        return Array(merge_kinds(one.dtype, other.dtype))
    if isinstance(one, Map) and isinstance(other, Map):
        return Map(merge_kinds(one.value_type, other.value_type))
    if isinstance(one, Object) and isinstance(other, Object):
        return _merge_objects(one, other)
    raise InvalidParameterError(
        f"All values of a column must be of one type; there are {one!r} and {other!r}"
    )


def _loosened(kind: Kind) -> Kind:
    """Beside missing values, an object's properties may all be missing."""
    if not isinstance(kind, Object):
        return kind
    return Object([Property(one.name, one.dtype, required=False) for one in kind.properties])


def _merge_objects(one: Object, other: Object) -> Object:
    left = {found.name: found for found in one.properties}
    right = {found.name: found for found in other.properties}
    merged: list[Property] = []
    for name in left | right:
        mine, theirs = left.get(name), right.get(name)
        if mine is None or theirs is None:
            present = mine or theirs
            assert present is not None  # noqa: S101 - the name is of one of them
            merged.append(Property(name, present.dtype, required=False))
        else:
            kind = merge_kinds(mine.dtype, theirs.dtype)
            merged.append(Property(name, kind, required=mine.required and theirs.required))
    return Object(merged)


def is_missing(value: Any) -> bool:
    """Whether a value is None, NaN, or one of pandas' marks of absence."""
    if isinstance(value, float):
        return value != value  # noqa: PLR0124 - only NaN differs from itself
    if value is None:
        return True
    pandas: Any = sys.modules.get("pandas")
    return pandas is not None and (value is pandas.NA or value is pandas.NaT)


def _holds_missing(values: Any) -> bool:
    pandas: Any = sys.modules.get("pandas")
    if pandas is not None and isinstance(values, pandas.Series):
        absent = values.isna()  # also names what MLflow counts as present, such as decimals
        return bool(absent.any()) and any(is_missing(value) for value in values[absent])
    if isinstance(values, list):
        return any(is_missing(value) for value in cast("list[Any]", values))
    return is_missing(values)


def _known(kind: Kind | None, value: Any) -> Kind:
    if kind is None:
        raise InvalidParameterError(f"An empty array tells no type: {value!r:.80}")
    return kind


_known_scalars: dict[type, Kind] = {}


def _scalars() -> Mapping[type, Kind]:
    if not _known_scalars:
        import numpy as np

        names: dict[DataType, tuple[type, ...]] = {
            DataType.boolean: (bool, np.bool_),
            DataType.long: (int, np.int64),
            DataType.integer: (np.int32,),
            DataType.double: (float, np.float64),
            DataType.float: (np.float32,),
            DataType.string: (str, np.str_),
            DataType.binary: (bytes, np.bytes_, bytearray),
            DataType.datetime: (dt.date, dt.datetime, np.datetime64),
        }
        _known_scalars.update({each: kind for kind, types in names.items() for each in types})
    return _known_scalars


def _is_spark_frame(data: Any) -> bool:
    return any(
        kind.__module__.startswith("pyspark.sql") and kind.__name__ == "DataFrame"
        for kind in type(data).__mro__
    )


def _spark_schema(frame: Any) -> Schema:
    return Schema([ColSpec(_spark_kind(one.dataType), one.name) for one in frame.schema.fields])


_SPARK: dict[str, Kind] = {
    "ByteType": DataType.integer,
    "ShortType": DataType.integer,
    "IntegerType": DataType.integer,
    "LongType": DataType.long,
    "FloatType": DataType.float,
    "DoubleType": DataType.double,
    "BooleanType": DataType.boolean,
    "StringType": DataType.string,
    "BinaryType": DataType.binary,
    "DateType": DataType.datetime,
    "TimestampType": DataType.datetime,
}


def _spark_kind(found: Any) -> Kind:
    name = type(found).__name__
    if name in _SPARK:
        return _SPARK[name]
    if name == "ArrayType":
        return Array(_spark_kind(found.elementType))
    if name == "MapType":
        return Map(_spark_kind(found.valueType))
    if name == "StructType":
        return Object(
            [
                Property(one.name, _spark_kind(one.dataType), required=not one.nullable)
                for one in found.fields
            ]
        )
    if name == "VectorUDT":
        from epochal.data.types import SparkMLVector

        return SparkMLVector()
    raise InvalidParameterError(f"No column type is known for Spark's {name}")
