"""Histories of metrics on the wire."""

import json
import math
from array import array

import pytest

from epochal.entities import Curve, Series
from epochal.errors import EpochalError
from epochal.wire import metrics as wire

SERIES = Series(array("q", [1, 2]), array("q", [10, 20]), array("d", [0.5, math.inf]))


def test_a_history_goes_there_and_back():
    """With the token that asks for more."""
    body = wire.encode_history("loss", SERIES, "next", exact=True)
    assert wire.decode_history(body) == (SERIES, "next")


def test_no_points_are_an_empty_object():
    """MLflow says nothing at all about an unknown key."""
    assert wire.encode_history("loss", Series()) == b"{}"
    assert wire.decode_history(b"{}") == (Series(), None)


def test_histories_of_several_runs_name_the_run():
    """Each row says whose it is; the older endpoint keeps its empty list."""
    rows = json.loads(wire.encode_histories("loss", [("a", SERIES)]))["metrics"]
    assert rows[0] == {"key": "loss", "value": 0.5, "timestamp": 10, "step": 1, "run_id": "a"}
    assert rows[1]["value"] == 1.7976931348623157e308
    assert wire.encode_histories("loss", []) == b"{}"
    assert wire.encode_histories("loss", [], keep_empty=True) == b'{"metrics":[]}'


def test_columns_go_there_and_back():
    """With the token that asks for more, and without."""
    for token in ("next", None):
        packed = wire.encode_columns(SERIES, token, packed=True)
        assert wire.decode_columns(packed) == (SERIES, token)
    assert json.loads(wire.encode_columns(SERIES, None, packed=False))["value"] == [
        0.5,
        "Infinity",
    ]


def test_curves_go_there_and_back():
    """Each with its run, key and origin."""
    curves = [Curve("a", "loss", 5, SERIES, is_whole=True), Curve("b", "x", 0, Series(), False)]
    assert wire.decode_curves(wire.encode_curves(curves, packed=True)) == curves
    assert wire.decode_curves(wire.encode_curves([], packed=True)) == []


@pytest.mark.parametrize("body", [b"", b"{}", b"\x80", b"\xc1"])
def test_other_answers_are_not_understood(body):
    """The error shows how they begin."""
    with pytest.raises(EpochalError, match="begins with"):
        wire.decode_columns(body)
