"""POST /api/epochal/v1/log, the courier's batch."""

import math

import msgspec
import pytest

from epochal.entities import Metric, Points
from epochal.wire.logging import encode_batch

OURS = "/api/epochal/v1/"
POINTS = Points.of([Metric("loss", n / 4, n, n) for n in range(4)] + [Metric("x", math.inf, 9)])


def send(api, body, kind="application/x-msgpack"):
    return api.ask("POST", f"{OURS}log", body, {"Content-Type": kind})


def batch(run, sequence=1, points=POINTS, writer="w", **more):
    return encode_batch(run, points, writer=f"{writer}-{run}", sequence=sequence, **more)


def test_a_batch_is_stored_when_it_is_acknowledged(api, run):
    """Points, params and tags."""
    body = batch(run, params={"p": "1"}, tags={"t": "2"})
    assert send(api, body).json == {}
    data = api.run(run)["data"]
    assert {m["key"]: m["value"] for m in data["metrics"]} == {
        "loss": 0.75,
        "x": 1.7976931348623157e308,
    }
    assert data["params"] == [{"key": "p", "value": "1"}]
    assert {"key": "t", "value": "2"} in data["tags"]


def test_a_second_delivery_changes_nothing(api, run):
    """Whatever it holds: the number was seen."""
    send(api, batch(run, 5))
    assert send(api, batch(run, 5, tags={"late": "x"})).json == {}
    assert send(api, batch(run, 4, tags={"late": "x"})).json == {}
    assert all(tag["key"] != "late" for tag in api.run(run)["data"]["tags"])


def test_json_is_taken_too(api, run):
    """With columns as lists."""
    columns = {"names": ["a"], "key": [0], "step": [1], "timestamp": [2], "value": ["NaN"]}
    body = {"writer": "w", "sequence": 1, "run_id": run, **columns}
    assert api.post("log", body, OURS).json == {}
    metric = {"key": "a", "value": "NaN", "timestamp": 2, "step": 1}
    assert api.run(run)["data"]["metrics"] == [metric]


def test_a_large_batch_is_taken(api, run):
    """More than MLflow's thousand points."""
    points = Points.of([Metric("loss", n / 4, n, n) for n in range(50_000)])
    assert send(api, batch(run, points=points)).status == 200
    assert api.run(run)["data"]["metrics"][0]["step"] == 49_999


@pytest.mark.parametrize("body", [b"", b"rubbish", b"\x80", msgspec.msgpack.encode([1])])
def test_rubbish_is_refused(api, body):
    """A 400."""
    assert send(api, body).error == (400, "INVALID_PARAMETER_VALUE")


def test_bad_keys_are_refused(api, run):
    """As on every other way in."""
    answer = send(api, batch(run, points=Points.of([Metric("a//b", 1.0, 1)])))
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")


def test_other_content_types_are_refused(api, run):
    """A form of a foreign page cannot send this."""
    answer = send(api, batch(run), "text/plain")
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")


def test_an_unknown_run_is_not_found(api):
    """404."""
    assert send(api, batch("0" * 32)).error == (404, "RESOURCE_DOES_NOT_EXIST")
