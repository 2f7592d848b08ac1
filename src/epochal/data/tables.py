"""Tables of any library as Arrow tables, and those as the Parquet files that are kept.

Parquet is written so that equal rows give equal bytes: pages end where the content says so,
without dictionaries, which one new value would change for all rows after it.
"""

from __future__ import annotations

import csv
import io
import itertools
import math
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from epochal.data.libraries import library
from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Iterator

ROW_GROUP = 1 << 22  # rows; a group's end cuts pages whatever their content
PAGE_BYTES = {
    "min_chunk_size": 16 * 1024,
    "max_chunk_size": 64 * 1024,
}  # larger: slow to agree again
MAX_EXACT = 2**53  # larger whole numbers change on their way through a browser
MAX_TEXT = 1000  # characters of one cell that a preview shows


def as_table(data: Any, *, is_lossy: bool = False) -> Any:
    """A table of pandas, polars or Arrow as an Arrow table.

    Args:
        data: the table.
        is_lossy: columns of mixed values may become text, which is enough for a profile.

    Raises:
        InvalidParameterError: it is no table, or has a column that none of them can keep.

    """
    pa = library("pyarrow")
    if isinstance(data, pa.Table):
        return data
    if hasattr(data, "to_arrow"):  # polars
        return data.to_arrow()
    if type(data).__module__.partition(".")[0] != "pandas" or not hasattr(data, "columns"):
        raise InvalidParameterError(
            f"A table of pandas, polars or Arrow is needed, not a {type(data).__name__}"
        )
    if not data.columns.is_unique:
        twice = data.columns[data.columns.duplicated()][0]
        raise InvalidParameterError(f"The column {twice!r} is there twice; give each its own name")
    try:
        return pa.Table.from_pandas(data)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as fault:
        if is_lossy:
            return pa.Table.from_pandas(_spelled(data), preserve_index=False)
        raise InvalidParameterError(
            f"The table cannot be kept: {' '.join(map(str, fault.args))}; convert the column, "
            "for example with df[column].astype(str)"
        ) from None


def _spelled(frame: Any) -> Any:
    """The frame with its columns of objects as text."""
    copied = frame.copy(deep=False)
    for name in frame.columns:
        if frame[name].dtype.kind == "O":
            copied[name] = frame[name].map(str, na_action="ignore")
    return copied


def write_parquet(table: Any) -> memoryview:
    """The bytes of a Parquet file that changes little when the table changes little."""
    sink = library("pyarrow").BufferOutputStream()
    library("pyarrow.parquet").write_table(
        table,
        sink,
        row_group_size=ROW_GROUP,
        compression="zstd",
        use_dictionary=False,
        use_content_defined_chunking=PAGE_BYTES,
    )
    return memoryview(sink.getvalue()).cast("B")  # Arrow says signed bytes


def read_table(file: BinaryIO | str, kind: str) -> Any:
    """The Arrow table in a file of a kind, "parquet" or "csv".

    Raises:
        InvalidParameterError: the file is not of that kind.

    """
    pa = library("pyarrow")
    try:
        if kind == "parquet":
            return library("pyarrow.parquet").read_table(file)
        return library("pyarrow.csv").read_csv(file)
    except (pa.ArrowInvalid, pa.ArrowKeyError, pa.ArrowNotImplementedError) as fault:
        raise InvalidParameterError(f"It cannot be read as {kind}: {fault}") from None


def preview(
    file: BinaryIO, kind: str, start: int, limit: int
) -> tuple[list[str], list[list[Any]]]:
    """Names of columns, and rows from the one numbered `start` on, as JSON can spell them.

    Raises:
        InvalidParameterError: the file is not of its kind, or its kind has no rows.

    """
    if kind == "parquet":
        return _preview_parquet(file, start, limit)
    if kind == "csv":
        return _preview_csv(file, start, limit)
    raise InvalidParameterError(f"A dataset of format {kind!r} has no rows to show; download it")


def _preview_csv(file: BinaryIO, start: int, limit: int) -> tuple[list[str], list[list[Any]]]:
    lines = csv.reader(io.TextIOWrapper(file, "utf-8", errors="replace", newline=""))
    try:
        names = next(lines, list[str]())
        rows = [list(row) for row in itertools.islice(lines, start, start + limit)]
    except csv.Error as fault:
        raise InvalidParameterError(f"It cannot be read as csv: {fault}") from None
    return names, [[cell[:MAX_TEXT] for cell in row] for row in rows]


def _preview_parquet(file: BinaryIO, start: int, limit: int) -> tuple[list[str], list[list[Any]]]:
    pa, parquet = library("pyarrow"), library("pyarrow.parquet")
    try:
        source = parquet.ParquetFile(file)
        rows: list[list[Any]] = []
        for batch in _batches(source, start, limit):
            columns = [column.to_pylist() for column in batch.columns]
            rows += [[_cell(value) for value in row] for row in zip(*columns, strict=True)]
        return list(source.schema_arrow.names), rows
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as fault:
        raise InvalidParameterError(f"It cannot be read as parquet: {fault}") from None


def _batches(source: Any, start: int, limit: int) -> Iterator[Any]:
    """Slices that together hold the wanted rows; groups before them are not read."""
    for group in range(source.metadata.num_row_groups):
        size = source.metadata.row_group(group).num_rows
        if start >= size:
            start -= size
            continue
        for batch in source.iter_batches(row_groups=[group]):
            wanted = batch.slice(start, limit)
            start = max(0, start - batch.num_rows)
            limit -= wanted.num_rows
            if wanted.num_rows:
                yield wanted
            if limit <= 0:
                return


def _cell(value: Any) -> Any:
    """A value as JSON spells it; what it cannot spell becomes text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, int):
        return value if abs(value) <= MAX_EXACT else str(value)
    if isinstance(value, list):
        return [_cell(item) for item in cast("list[Any]", value)[:100]]
    if isinstance(value, dict):
        return {str(k): _cell(item) for k, item in cast("dict[Any, Any]", value).items()}
    return str(value)[:MAX_TEXT]
