"""Named versions from a script."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from epochal.errors import InvalidParameterError, NotFoundError, StillReadError


def frame(rows=100):
    return pd.DataFrame({"a": range(rows), "b": ["x", "y"] * (rows // 2)})


def test_tables_come_back_as_they_were(store):
    """Of whatever library they are."""
    polars = pl.DataFrame({"a": [1, None], "b": [[1], [2]]})
    arrow = pa.table({"a": [1, 2]})
    array = np.arange(6.0).reshape(2, 3)
    indexed = frame().set_index("b")
    pd.testing.assert_frame_equal(store.load_dataset(store.log_dataset(indexed, "p")), indexed)
    assert store.load_dataset(store.log_dataset(polars, "q")).equals(polars)
    assert store.load_dataset(store.log_dataset(arrow, "r")).equals(arrow)
    np.testing.assert_array_equal(store.load_dataset(store.log_dataset(array, "s")), array)
    described = store.data.from_pandas(frame(), name="ignored")
    assert store.load_dataset(store.log_dataset(described, "t"), into="polars").shape == (100, 2)


def test_files_come_back_byte_by_byte(store, tmp_path):
    """Tables among them can be loaded as tables."""
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    (tmp_path / "notes.txt").write_text("plain")
    table = store.log_dataset(tmp_path / "a.csv", "table")
    assert (table.format, table.rows, table.columns) == ("csv", 1, 2)
    assert store.load_dataset("datasets:/table").to_dict("list") == {"x": [1], "y": [2]}
    copy = store.load_dataset(table, "path", str(tmp_path / "out"))
    assert copy == str(tmp_path / "out/a.csv")
    notes = store.log_dataset(str(tmp_path / "notes.txt"), "notes")
    assert Path(store.load_dataset(notes)).read_text() == "plain"


def test_the_same_content_is_the_same_version(store):
    """Another content is the next one."""
    assert store.log_dataset(frame(), "n").version == 1
    assert store.log_dataset(frame(), "n").version == 1
    assert store.log_dataset(frame(50), "n", tags={"k": 1}, description="few").version == 2
    latest = store.get_dataset("datasets:/n@latest")
    assert (latest.rows, latest.tags, latest.description) == (50, {"k": "1"}, "few")
    assert [one.version for one in store.list_dataset_versions("n")] == [2, 1]
    assert [one.name for one in store.list_datasets("N")] == ["n"]


def test_the_active_run_notes_what_it_reads(store):
    """With context, schema and a source that leads back; other runs when asked to."""
    with store.start_run() as run:
        version = store.log_dataset(frame(), "n", context="training")
    (noted,) = store.get_run(run.info.run_id).inputs.dataset_inputs
    assert noted.tags[0].value == "training"
    assert store.data.get_source(noted).uri == "datasets:/n/1"
    assert json.loads(noted.dataset.profile) == {"num_rows": 100, "num_elements": 200}
    assert version.run_id == run.info.run_id
    with store.start_run() as other:
        assert store.log_dataset(frame(), "n", run=None).version == 1
        store.log_input(store.get_dataset("n"), "test")
    readers = store.dataset_lineage("n/1")
    assert {one.run_id for one in readers} == {run.info.run_id, other.info.run_id}
    path = store.data.get_source(noted).load()
    assert len(pd.read_parquet(path)) == 100


def test_versions_are_compared_by_their_names(store):
    """Or with a table at hand."""
    store.log_dataset(frame(), "n")
    found = store.data.diff("datasets:/n/1", frame(50))
    assert found["rows"] == [100, 50]
    store.log_dataset(np.ones(2), "array")
    with pytest.raises(InvalidParameterError, match="is no table"):
        store.data.diff("datasets:/array", "datasets:/n/1")


def test_versions_are_deleted(store):
    """One, the newest, or all; not while a run reads it."""
    for rows in (2, 4, 6):
        store.log_dataset(frame(rows), "n")
    store.delete_dataset("n@latest")
    store.delete_dataset("n/1")
    assert [one.version for one in store.list_dataset_versions("n")] == [2]
    with store.start_run() as run:
        store.log_input(store.get_dataset("n"))
    with pytest.raises(StillReadError):
        store.delete_dataset("n")
    store.delete_run(run.info.run_id)
    store.delete_dataset("n")
    with pytest.raises(NotFoundError):
        store.get_dataset("n")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ([1, 2], "A list cannot be kept"),
        ("gone.csv", "does not exist"),
        (".", "is a folder"),
        (pd.DataFrame({"a": [1, "x"]}), "cannot be kept"),
        (np.array([{}], dtype=object), "array of objects"),
    ],
)
def test_what_cannot_be_kept_is_refused(store, data, told):
    """Before anything is stored."""
    with pytest.raises(InvalidParameterError, match=told):
        store.log_dataset(data, "n")
    assert store.list_datasets() == []


def test_what_cannot_be_loaded_is_refused(store):
    """The error says what is possible."""
    version = store.log_dataset(frame(), "n")
    with pytest.raises(InvalidParameterError, match="must be pandas, polars"):
        store.load_dataset(version, "excel")
    with pytest.raises(InvalidParameterError, match="into='path'"):
        store.load_dataset(version, "numpy")
    with pytest.raises(InvalidParameterError, match="names no version"):
        store.load_dataset("n/latest/1")
