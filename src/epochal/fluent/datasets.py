"""Named, versioned datasets: kept, loaded, listed, compared."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from epochal.client.stores import open_store
from epochal.client.tracking_uri import resolve
from epochal.data.libraries import library
from epochal.entities import Dataset, DatasetInput, DatasetVersion, InputTag
from epochal.entities.dataset import CONTEXT_TAG
from epochal.entities.dataset_version import DATASETS
from epochal.errors import InvalidParameterError
from epochal.rules.datasets import check_dataset_name, parse_dataset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from epochal.client.datasets import DatasetShelf
    from epochal.data.profiles import Profile
    from epochal.entities import DatasetReader, NamedDataset, Run

TABLES = ("parquet", "csv")
_ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class _Content:
    """What is to be kept: bytes or a path, and what is known of them."""

    data: memoryview | str
    format: str
    origin: str
    file_name: str = ""
    table: Any = None


def log_dataset(
    data: Any,
    name: str,
    context: str | None = None,
    run: Run | str | None = _ACTIVE,
    tags: Mapping[str, Any] | None = None,
    description: str | None = None,
) -> DatasetVersion:
    """Keep a dataset under a name; the same content is the same version.

    Only what no version has yet is stored: a version of which one row in a hundred changed
    costs about that much more.

    Args:
        data: a table of pandas, polars or Arrow, a dataset of `epochal.data`, a numpy array, or
            the path of a file.
        name: what to call it.
        context: what the run uses it for, such as "training".
        run: a run or its id that reads it; the active one, if there is one, unless told
            otherwise; none for None.
        tags: further metadata of a new version.
        description: text for people.

    Raises:
        InvalidParameterError: the data is none of these, or cannot be kept as it is.
        NotSupportedError: a library is missing, or the server is not ours.

    """
    from epochal.client.datasets import keep

    check_dataset_name(name)
    content = _content(data)
    run_id = _run_id(run)
    draft = _described(
        DatasetVersion(
            name=name,
            version=0,
            content="",
            format=content.format,
            file_name=content.file_name or f"{name}.{content.format}",
            size_bytes=0,
            created_ms=0,
            origin=content.origin,
            description=description,
            run_id=run_id,
            user_id=_user(),
            tags={key: str(value) for key, value in (tags or {}).items()},
        ),
        content.table,
    )
    version, _ = keep(shelf(), draft, content.data)
    if run_id is not None:
        _note(version, run_id, context)
    return version


def load_dataset(
    dataset: str | DatasetVersion,
    into: str | None = None,
    dst_path: str | None = None,
) -> Any:
    """Load a version of a dataset.

    Args:
        dataset: `datasets:/<name>/<version>`, `datasets:/<name>@latest`, or a version.
        into: "pandas", "polars", "arrow", "numpy" or "path"; what it was made from if None,
            and pandas for tables in files.
        dst_path: the folder to copy the file to; a temporary one if None.

    Raises:
        NotFoundError: there is no such version.
        InvalidParameterError: it cannot be loaded as that.

    """
    version = _version_of(dataset)
    wanted = into or _usual_format(version)
    if wanted not in {"pandas", "polars", "arrow", "numpy", "path"}:
        raise InvalidParameterError(
            f"Invalid value {wanted!r} of into: it must be pandas, polars, arrow, numpy or path"
        )
    if wanted == "path":
        return _fetch(version, dst_path)
    if (wanted == "numpy") != (version.format == "npy") or (
        wanted != "numpy" and version.format not in TABLES
    ):
        raise InvalidParameterError(
            f"{version.uri} is of format {version.format!r} and cannot be loaded as {wanted}; "
            "into='path' gives the file"
        )
    path = _fetch(version, dst_path)
    try:
        return _read(path, version.format, wanted)
    finally:
        if dst_path is None:
            os.unlink(path)
            os.rmdir(os.path.dirname(path))


def get_dataset(dataset: str) -> DatasetVersion:
    """A version with its schema and profile; the newest unless one is named.

    Raises:
        NotFoundError: there is none.

    """
    return _version_of(dataset)


def list_datasets(contains: str = "") -> list[NamedDataset]:
    """All datasets whose name holds a text, by name, each with its newest version."""
    found: list[NamedDataset] = []
    token: str | None = None
    while True:
        page = shelf().search(contains, 1000, token)
        found += page.items
        token = page.token
        if token is None:
            return found


def list_dataset_versions(name: str) -> list[DatasetVersion]:
    """All versions of a dataset, the newest first. Raises NotFoundError."""
    found: list[DatasetVersion] = []
    token: str | None = None
    while True:
        page = shelf().versions(name, 1000, token)
        found += page.items
        token = page.token
        if token is None:
            return found


def dataset_lineage(dataset: str) -> list[DatasetReader]:
    """The runs that read a version, or any version of a name, with their models.

    Raises:
        NotFoundError: there is none.

    """
    named = parse_dataset(dataset)
    return shelf().lineage(named.name, named.version)


def delete_dataset(dataset: str) -> None:
    """Delete a version, or a name with all its versions if none is named.

    Raises:
        NotFoundError: there is none.
        StillReadError: active runs noted it as an input.

    """
    named = parse_dataset(dataset)
    version = None if named.version is None else named.version
    if dataset.endswith("@latest"):
        version = shelf().version(named.name).version
    shelf().delete(named.name, version)


def shelf() -> DatasetShelf:
    """The versions of datasets in the current store."""
    return open_store(resolve(None)).reader().datasets


def profile_of(uri: str) -> Profile:
    """The profile that was kept with a version. Raises NotFoundError, InvalidParameterError."""
    import json

    version = _version_of(uri)
    if version.profile is None:
        raise InvalidParameterError(f"{version.uri} is no table; nothing is known of its columns")
    return cast("Profile", json.loads(version.profile))


def version_input(version: DatasetVersion, context: str | None) -> DatasetInput:
    """A version as a run notes it."""
    noted = Dataset(
        version.name,
        version.digest,
        DATASETS,
        version.source,
        version.schema,
        _short_profile(version),
    )
    return DatasetInput(noted, [] if context is None else [InputTag(CONTEXT_TAG, context)])


def _short_profile(version: DatasetVersion) -> str | None:
    import json

    if version.rows is None or version.columns is None:
        return json.dumps({"size_bytes": version.size_bytes})
    return json.dumps({"num_rows": version.rows, "num_elements": version.rows * version.columns})


def _note(version: DatasetVersion, run_id: str, context: str | None) -> None:
    open_store(resolve(None)).reader().log_inputs(run_id, [version_input(version, context)])


def _run_id(run: Run | str | None) -> str | None:
    from epochal.fluent.active import active_run

    if run == _ACTIVE:
        active = active_run()
        return None if active is None else active.info.run_id
    return run if run is None or isinstance(run, str) else run.info.run_id


def _user() -> str:
    from epochal.capture.source import find_user

    return find_user()


def _version_of(given: str | DatasetVersion) -> DatasetVersion:
    if isinstance(given, DatasetVersion):
        return given
    named = parse_dataset(given)
    return shelf().version(named.name, named.version)


def _content(data: Any) -> _Content:
    """What to keep of anything that can be kept. Raises InvalidParameterError."""
    from epochal.data.dataset import Dataset as DescribedDataset

    if isinstance(data, DescribedDataset):
        data = getattr(data, "df", getattr(data, "features", data))
    if isinstance(data, str | os.PathLike):
        return _file(os.fspath(cast("str", data)))
    origin = type(data).__module__.partition(".")[0]
    if origin == "numpy" and hasattr(data, "tobytes"):
        return _array(data)
    if origin not in {"pandas", "polars", "pyarrow"}:
        raise InvalidParameterError(
            f"A {type(data).__name__} cannot be kept as a dataset: give a table of pandas, "
            "polars or Arrow, a numpy array, or the path of a file"
        )
    from epochal.data import tables

    table = tables.as_table(data)
    name = "arrow" if origin == "pyarrow" else origin
    return _Content(tables.write_parquet(table), "parquet", name, table=table)


def _file(path: str) -> _Content:
    from epochal.data import tables

    if not os.path.isfile(path):
        what = "is a folder; give a file" if os.path.isdir(path) else "does not exist"
        raise InvalidParameterError(f"The dataset's path {path!r} {what}")
    ending = os.path.splitext(path)[1].lstrip(".").lower()
    kind = {"pq": "parquet", "": "bytes"}.get(ending, ending)
    table = tables.read_table(path, kind) if kind in TABLES else None
    return _Content(path, kind, "file", os.path.basename(path), table)


def _array(data: Any) -> _Content:
    import io

    np = library("numpy")
    if data.dtype.hasobject:
        raise InvalidParameterError("An array of objects cannot be kept; make it a table")
    buffer = io.BytesIO()
    np.save(buffer, data, allow_pickle=False)
    return _Content(buffer.getbuffer(), "npy", "numpy", table=data)


def _described(draft: DatasetVersion, table: Any) -> DatasetVersion:
    """The draft with schema and profile of its table, if it is one."""
    import json

    if table is None:
        return draft
    from epochal.data.dataset import schema_or_none, spell_columns

    if draft.format == "npy":
        schema = schema_or_none(table)
        spelled = None if schema is None else json.dumps({"mlflow_tensorspec": schema.to_dict()})
        return replace(draft, rows=len(table) if table.shape else None, schema=spelled)
    from epochal.data.arrow_schema import schema_of_table
    from epochal.data.profiles import profile_table

    return replace(
        draft,
        rows=table.num_rows,
        columns=table.num_columns,
        schema=spell_columns(schema_of_table(table)),
        profile=json.dumps(profile_table(table), allow_nan=False),
    )


def _usual_format(version: DatasetVersion) -> str:
    if version.origin in {"pandas", "polars", "arrow", "numpy"}:
        return version.origin
    return "pandas" if version.format in TABLES else "path"


def _fetch(version: DatasetVersion, dst_path: str | None) -> str:
    from epochal.client.artifacts import local_target
    from epochal.client.datasets import fetch

    path = os.path.join(local_target(dst_path), os.path.basename(version.file_name))
    fetch(shelf(), version, path)
    return path


def _read(path: str, kind: str, wanted: str) -> Any:
    if wanted == "numpy":
        return library("numpy").load(path, allow_pickle=False)
    if wanted == "polars":
        polars = library("polars")
        return polars.read_parquet(path) if kind == "parquet" else polars.read_csv(path)
    if wanted == "pandas":
        pandas = library("pandas")
        return pandas.read_parquet(path) if kind == "parquet" else pandas.read_csv(path)
    from epochal.data.tables import read_table

    return read_table(path, kind)
