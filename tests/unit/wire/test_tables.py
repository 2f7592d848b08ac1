"""Tables, counts, groups and values on the wire."""

from __future__ import annotations

import json
import math

import pytest

from epochal.entities import Page, RunGroup, RunTable, ValueCount
from epochal.errors import EpochalError
from epochal.wire.tables import (
    decode_count,
    decode_groups,
    decode_table,
    decode_values,
    encode_count,
    encode_groups,
    encode_table,
    encode_values,
)

TABLE = RunTable(
    ["a", "b", "c"],
    {
        "metrics.m": [0.1, None, -math.inf],
        "count(metrics.m)": [2**40, None, 0],
        "params.p": ["x", None, "x"],
        "tags.none": [None] * 3,
    },
    "next",
)


def test_packed_tables_come_back_as_they_were():
    """Doubles to the last bit, whole numbers as such, texts, gaps, columns without values."""
    assert decode_table(encode_table(TABLE, packed=True)) == TABLE
    last = RunTable([], {"metrics.m": []})
    assert decode_table(encode_table(last, packed=True)) == last
    nan = decode_table(encode_table(RunTable(["a"], {"m": [math.nan]}), packed=True))
    assert math.isnan(nan.columns["m"][0])


def test_json_tables_spell_what_json_cannot():
    """NaN and infinities by name, gaps as null."""
    told = json.loads(encode_table(TABLE, packed=False))
    assert told["columns"]["metrics.m"] == [0.1, None, "-Infinity"]
    assert told["next_page_token"] == "next"


def test_other_answers_come_back():
    """Counts, groups and values."""
    assert decode_count(encode_count(7)) == 7
    page = Page([RunGroup(["x", None], 2, [0.5, None])], "t")
    assert (
        decode_groups(encode_groups(page, ["a", "b"], ["c", "d"]), ["a", "b"], ["c", "d"]) == page
    )
    assert decode_values(encode_values([ValueCount("x", 3)])) == [ValueCount("x", 3)]


def test_what_is_no_table_is_told():
    """The error shows how the answer begins."""
    with pytest.raises(EpochalError, match="not understood"):
        decode_table(b"<html>")
