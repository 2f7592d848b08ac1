"""POST datasets/commit."""

import pytest

from fixtures.datasets import digest_of, spelled


def test_versions_are_numbered(keeper, name):
    """The same content is the same version; another one is the next."""
    first = keeper.keep(name, b"one", b"two", tags=[{"key": "a", "value": "b"}]).json
    assert first["is_new"]
    version = first["version"]
    assert (version["version"], version["uri"]) == (1, f"datasets:/{name}/1")
    assert (version["size_bytes"], version["new_bytes"], version["chunks"]) == (6, 6, 2)
    assert version["tags"] == [{"key": "a", "value": "b"}]
    assert not keeper.keep(name, b"one", b"two").json["is_new"]
    second = keeper.keep(name, b"one", b"three").json["version"]
    assert (second["version"], second["new_bytes"]) == (2, 5)


def test_a_chunk_may_come_twice_in_one_version(keeper, name):
    """It is stored once."""
    version = keeper.keep(name, b"again", b"again", b"!").json["version"]
    assert (version["chunks"], version["new_bytes"]) == (3, 6)
    body = keeper.api.get("download", "/api/epochal/v1/datasets/", name=name).body
    assert body == b"againagain!"


def test_chunks_that_are_not_there_are_named(keeper, name):
    """Nothing is kept then, the name neither."""
    lacking = spelled(b"never sent")
    told = {"content": digest_of(b"never sent"), "format": "bytes", "chunks": lacking}
    answer = keeper.post("commit", name=name, **told)
    assert answer.json == {"missing": lacking}
    assert keeper.post("get", name=name).error == (404, "RESOURCE_DOES_NOT_EXIST")


def test_an_empty_file_is_a_version(keeper, name):
    """It has no chunks."""
    told = {"content": digest_of(b""), "format": "csv"}
    assert keeper.post("commit", name=name, **told).json["version"]["size_bytes"] == 0
    answer = keeper.api.get("download", "/api/epochal/v1/datasets/", name=name)
    assert (answer.status, answer.body) == (200, b"")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": ""}, "'name'"),
        ({"name": "a/b"}, "must not hold '/'"),
        ({"name": "a@b"}, "must not hold '@'"),
        ({"name": " a"}, "spaces"),
        ({"name": "x" * 256}, "limit of 255"),
        ({"content": "abc"}, "SHA-256"),
        ({"chunks": "?"}, "no base64"),
        ({"chunks": "YWJj"}, "multiple of 32"),
        ({"file_name": "../x"}, "plain name"),
        ({"description": "x" * 8001}, "at most 8000"),
    ],
)
def test_bad_input_is_refused(keeper, fields, told):
    """The error says which value, and what would be right."""
    good = {"name": "n", "content": digest_of(b""), "format": "csv"}
    answer = keeper.post("commit", **(good | fields))
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")
    assert told in answer.message
