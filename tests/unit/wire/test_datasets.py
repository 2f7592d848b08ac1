"""Messages about versioned datasets."""

import pytest

from epochal.entities import DatasetReader, DatasetVersion, NamedDataset, Page
from epochal.errors import InvalidParameterError
from epochal.wire import datasets as wire

VERSION = DatasetVersion(
    name="n",
    version=3,
    content="ab" * 32,
    format="csv",
    file_name="x.csv",
    size_bytes=2**40,
    created_ms=5,
    rows=2,
    columns=1,
    schema='{"mlflow_colspec": []}',
    profile='{"rows": 2, "columns": []}',
    tags={"a": "b"},
)


def test_versions_survive_the_wire():
    """With their schema and profile, which are JSON within JSON on the way."""
    assert wire.decode_version(wire.encode_version(VERSION, is_new=True)) == (VERSION, True, [])
    page = Page([VERSION], "token")
    assert wire.decode_versions(wire.encode_versions(page)) == page
    named = NamedDataset("n", 1, 3, VERSION, "d")
    assert wire.decode_dataset(wire.encode_dataset(named)) == named
    assert wire.decode_datasets(wire.encode_datasets(Page([named]))) == Page([named])
    reader = DatasetReader("r", "name", "1", "FINISHED", None, 3, "training", models=["m"])
    assert wire.decode_lineage(wire.encode_lineage(VERSION, [reader])) == [reader]


def test_a_draft_survives_its_message():
    """The number is the store's to give."""
    message = wire.commit_message(VERSION, ["cd" * 32])
    assert message.draft().tags == {"a": "b"}
    assert message.draft().profile == VERSION.profile
    assert wire.read_digests(message.chunks) == ["cd" * 32]


def test_lists_of_digests():
    """Any number of them; others are refused."""
    assert wire.read_digests(wire.spell_digests([])) == []
    assert wire.decode_version(wire.encode_missing(["ef" * 32])) == (None, False, ["ef" * 32])
    for text in ("?", "YWJj"):
        with pytest.raises(InvalidParameterError):
            wire.read_digests(text)
