"""The JSON of responses."""

import msgspec
import pytest

from epochal.errors import EpochalError
from epochal.wire.encoding import (
    Pair,
    decode_response,
    encode,
    from_pairs,
    pairs,
    without_unset,
)


def test_unset_fields_and_empty_lists_are_left_out():
    """As MLflow does; empty text and zero stay."""
    fields = {"a": None, "b": [], "c": "", "d": 0, "e": {}}
    assert without_unset(fields) == {"c": "", "d": 0, "e": {}}


def test_pairs_go_there_and_back():
    """Tags become a list of pairs and a dictionary again."""
    listed = msgspec.convert(pairs({"a": "1", "b": ""}), list[Pair])
    assert from_pairs(listed) == {"a": "1", "b": ""}


def test_int64_are_json_numbers():
    """Timestamps are numbers, not strings."""
    assert encode({"t": 2**62}) == b'{"t":4611686018427387904}'


def test_an_answer_that_is_not_understood_says_how_it_begins():
    """A proxy's HTML page is shown to whoever has to find the proxy."""
    with pytest.raises(EpochalError, match="<html>"):
        decode_response(Pair, b"<html>")
