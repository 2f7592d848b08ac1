"""From texts to sources, and back from what was kept."""

from pathlib import Path

import numpy as np
import pytest

from epochal import data
from epochal.data.code_dataset_source import CodeDatasetSource
from epochal.data.dataset_source import DatasetSource
from epochal.data.dataset_source_registry import (
    _sources,
    get_dataset_source_from_json,
    get_registered_sources,
    register_dataset_source,
    resolve_dataset_source,
)
from epochal.data.http_dataset_source import HTTPDatasetSource
from epochal.entities import Dataset, DatasetInput
from epochal.errors import InvalidParameterError, NotFoundError


@pytest.mark.parametrize(
    ("given", "kind", "fields"),
    [
        ("x.csv", "local", {"uri": "x.csv"}),
        (Path("/data/x.csv"), "local", {"uri": "/data/x.csv"}),
        ("file:///data/x.csv", "local", {"uri": "file:///data/x.csv"}),
        ("https://e.org/x", "http", {"url": "https://e.org/x"}),
        ("s3://b/k", "s3", {"uri": "s3://b/k"}),
        ("gs://b/k", "gs", {"uri": "gs://b/k"}),
        ("abfss://c@a/k", "abfss", {"uri": "abfss://c@a/k"}),
        ("datasets:/flights/3", "datasets", {"uri": "datasets:/flights/3"}),
    ],
)
def test_a_text_means_a_source(given, kind, fields):
    """The scheme decides; what was kept is read again as the same source."""
    source = resolve_dataset_source(given)
    assert (source.source_type, source.to_dict()) == (kind, fields)
    again = get_dataset_source_from_json(source.to_json(), kind)
    assert (type(again), again.to_dict()) == (type(source), fields)


def test_own_kinds_are_asked_first():
    """A source of a plugin may take what ours would take, with a warning."""

    class Table(CodeDatasetSource):
        @staticmethod
        def _can_resolve(raw_source: object) -> bool:
            return raw_source == "table:x"

        @classmethod
        def _resolve(cls, _: object) -> "Table":
            return cls()

    register_dataset_source(Table)
    try:
        assert isinstance(resolve_dataset_source("table:x"), Table)
        assert Table in get_registered_sources()
        with pytest.raises(NotFoundError):
            resolve_dataset_source("table:x", [HTTPDatasetSource])
    finally:
        _sources.remove(Table)


def test_get_source_takes_anything_that_has_one():
    """A dataset, what a run keeps of it, or the input of a run."""
    dataset = data.from_numpy(np.ones(2), "https://e.org/x.npy")
    kept = Dataset("n", "d", "http", dataset.source.to_json())
    for given in (dataset, kept, DatasetInput(kept)):
        found = data.get_source(given)
        assert isinstance(found, DatasetSource)
        assert found.url == "https://e.org/x.npy"
    with pytest.raises(InvalidParameterError, match="is no dataset"):
        data.get_source("x.csv")


def test_what_was_kept_may_be_damaged():
    """The error says what is lacking."""
    with pytest.raises(NotFoundError, match="spaceship"):
        get_dataset_source_from_json("{}", "spaceship")
    with pytest.raises(InvalidParameterError, match="'url'"):
        get_dataset_source_from_json("{}", "http")
    with pytest.raises(InvalidParameterError, match="no JSON"):
        get_dataset_source_from_json("{", "http")
    with pytest.raises(InvalidParameterError, match="no JSON object"):
        get_dataset_source_from_json("[]", "http")
