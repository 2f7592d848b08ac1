"""Requests that log into a run."""

import json
import math

import msgspec
import pytest

from epochal.entities import Metric, Points
from epochal.errors import InvalidParameterError
from epochal.wire import logging as wire
from epochal.wire.decoding import decode_body

POINTS = Points.of(
    [
        Metric("loss", 0.5, 1, 1),
        Metric("acc", math.inf, 2, -1),
        Metric("loss", 0.25, 3, 2),
    ]
)


def packed(**changes):
    fields = msgspec.msgpack.decode(wire.encode_batch("r", POINTS, writer="w", sequence=1))
    return msgspec.msgpack.encode(fields | changes)


def test_one_metric_becomes_one_point():
    """Zero is a value and zero is a timestamp."""
    asked = decode_body(wire.LogMetric, b'{"run_id":"r","key":"k","value":0,"timestamp":0}')
    assert asked.points() == Points.of([Metric("k", 0.0, 0)])


@pytest.mark.parametrize("field", ["run_id", "key", "value", "timestamp"])
def test_a_metric_lacks_nothing(field):
    """Each required field is named when it is absent."""
    body = {"run_id": "r", "key": "k", "value": 1, "timestamp": 1}
    del body[field]
    with pytest.raises(InvalidParameterError, match=f"'{field}'"):
        decode_body(wire.LogMetric, json.dumps(body).encode())


def test_a_batch_goes_there_and_back():
    """What our client sends to MLflow's endpoint is the columns again, infinities included."""
    asked = decode_body(wire.LogBatch, wire.encode_log_batch("r", POINTS, {"p": "1"}, {"t": ""}))
    assert asked.points() == POINTS
    assert [(param.key, param.value) for param in asked.params] == [("p", "1")]
    assert [(tag.key, tag.value) for tag in asked.tags] == [("t", "")]


@pytest.mark.parametrize("field", ["key", "value", "timestamp"])
def test_the_metric_of_a_batch_that_lacks_something_is_named(field):
    """The error says which of the metrics, and which field."""
    good = {"key": "k", "value": 1, "timestamp": 1}
    bad = {name: value for name, value in good.items() if name != field}
    asked = decode_body(
        wire.LogBatch, json.dumps({"run_id": "r", "metrics": [good, bad]}).encode()
    )
    with pytest.raises(InvalidParameterError, match=rf"'metrics\[1\]\.{field}'"):
        asked.points()


def test_a_courier_batch_goes_there_and_back():
    """MessagePack columns are the same points, bit for bit."""
    body = wire.encode_batch("r", POINTS, writer="w", sequence=9, params={"p": "1"}, tags={})
    given = wire.decode_batch(body, packed=True)
    assert given == wire.Delivered("w", 9, "r", POINTS, {"p": "1"}, {})


def test_a_courier_batch_may_be_json():
    """The same endpoint can be used by hand."""
    body = {
        "writer": "w",
        "sequence": 0,
        "run_id": "r",
        "names": ["loss", "acc"],
        "key": [0, 1, 0],
        "step": [1, -1, 2],
        "timestamp": [1, 2, 3],
        "value": [0.5, "Infinity", 0.25],
        "params": {"p": "1"},
    }
    given = wire.decode_batch(json.dumps(body).encode(), packed=False)
    assert (given.points, given.params) == (POINTS, {"p": "1"})


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"key": b"\0"}, "'key'"),
        ({"step": b""}, "equally long"),
        ({"names": ["loss"]}, "name 1"),
        ({"names": ["loss", "loss"]}, "twice"),
        ({"writer": ""}, "'writer'"),
        ({"writer": "w" * 200}, "'writer'"),
        ({"sequence": -1}, "'sequence'"),
        ({"sequence": "one"}, "sequence"),
        ({"params": {"a": 1}}, "params"),
    ],
)
def test_a_malformed_courier_batch_is_refused(changes, reason):
    """Each way to be wrong has its reason in the message."""
    with pytest.raises(InvalidParameterError, match=reason):
        wire.decode_batch(packed(**changes), packed=True)


@pytest.mark.parametrize("body", [b"", b"\xc1", b"\x93", b"{}", b"\x81\xa1" + b"\xff" * 9])
def test_what_is_no_message_pack_is_refused(body):
    """Rubbish is refused, never a crash."""
    with pytest.raises(InvalidParameterError):
        wire.decode_batch(body, packed=True)


def test_json_columns_take_no_number_that_does_not_fit():
    """A negative key number is refused as one."""
    body = {"writer": "w", "run_id": "r", "names": ["a"], "key": [-1]}
    body |= {"step": [0], "timestamp": [0], "value": [0]}
    with pytest.raises(InvalidParameterError, match="'key'"):
        wire.decode_batch(json.dumps(body).encode(), packed=False)
