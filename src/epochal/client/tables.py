"""Tables of a run: rows that several calls add up in one file."""

from __future__ import annotations

import io
import json
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from epochal.errors import InvalidParameterError, NotSupportedError

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLES_TAG = "mlflow.loggedArtifacts"
_ENDINGS = (".json", ".parquet")


def check_table_path(path: str) -> None:
    """Raises InvalidParameterError unless the path ends in `.json` or `.parquet`."""
    if not path.endswith(_ENDINGS):
        raise InvalidParameterError(
            f"Invalid artifact file {path!r}: a table is a .json or a .parquet file"
        )


def is_frame(data: Any) -> bool:
    """Whether it is a pandas DataFrame, without importing pandas to find out."""
    return type(data).__name__ == "DataFrame" and hasattr(data, "to_dict")


def as_columns(data: Any) -> dict[str, list[Any]]:
    """A dictionary of columns, of single values, or a DataFrame, as columns of equal length.

    Raises:
        InvalidParameterError: something else, or columns of unequal lengths.

    """
    if is_frame(data):
        return {str(name): data[name].tolist() for name in data.columns}
    if not isinstance(data, dict):
        raise InvalidParameterError(
            f"Unsupported table type {type(data).__name__}; "
            "give a dictionary of columns or a pandas DataFrame"
        )
    columns = {
        str(name): _as_list(column) for name, column in cast("dict[Any, Any]", data).items()
    }
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        raise InvalidParameterError(
            f"The columns of a table must be equally long; they have {lengths} rows"
        )
    return columns


def _as_list(column: Any) -> list[Any]:
    if hasattr(column, "tolist"):
        column = column.tolist()
    return list(cast("list[Any]", column)) if isinstance(column, list | tuple) else [column]


def append(old: Mapping[str, list[Any]], new: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """One table's rows behind another's; cells that one of them has not are empty."""
    old_rows, new_rows = count_rows(old), count_rows(new)
    names = [*old, *(name for name in new if name not in old)]
    return {
        name: [*old.get(name, [None] * old_rows), *new.get(name, [None] * new_rows)]
        for name in names
    }


def count_rows(columns: Mapping[str, list[Any]]) -> int:
    """How many rows a table has."""
    return max(map(len, columns.values()), default=0)


def encode(columns: Mapping[str, list[Any]], path: str) -> bytes:
    """The bytes of a table's file, of the kind that the path names."""
    if path.endswith(".parquet"):
        buffer = io.BytesIO()
        frame = _pandas().DataFrame(dict(columns))
        try:
            frame.to_parquet(buffer, index=False)
        except ImportError:
            raise NotSupportedError(
                "Tables as .parquet need pyarrow: pip install pyarrow"
            ) from None
        return buffer.getvalue()
    from epochal.client.artifacts import spell_plain

    rows = [list(row) for row in zip(*columns.values(), strict=True)]
    return spell_plain({"columns": list(columns), "data": rows})


def decode(data: bytes, path: str) -> dict[str, list[Any]]:
    """The columns of a table's file. Raises InvalidParameterError if it is none."""
    if path.endswith(".parquet"):
        return as_columns(_pandas().read_parquet(io.BytesIO(data)))
    try:
        parsed = json.loads(data)
        names, rows = parsed["columns"], parsed["data"]
        return {name: [row[place] for row in rows] for place, name in enumerate(names)}
    except (ValueError, KeyError, TypeError, IndexError):
        raise InvalidParameterError(f"The file {path!r} is no table") from None


def as_frame(columns: Mapping[str, list[Any]]) -> Any:
    """A pandas DataFrame. Raises NotSupportedError without pandas."""
    return _pandas().DataFrame(dict(columns))


def _pandas() -> Any:
    try:
        return import_module("pandas")
    except ImportError:
        raise NotSupportedError("This needs pandas: pip install 'epochal[pandas]'") from None


def noted_in_tag(tag: str | None, path: str) -> str | None:
    """The tag that lists a run's tables with one more, None if it is listed already."""
    try:
        listed: list[Any] = json.loads(tag or "[]")
    except ValueError:
        listed = []
    entry = {"path": path, "type": "table"}
    return None if entry in listed else json.dumps([*listed, entry])
