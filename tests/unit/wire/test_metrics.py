"""Histories of metrics on the wire."""

import json
import math
from array import array

from epochal.entities import Series
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
