"""GET metrics/history, our own: columns."""

import math

import pytest

from epochal.wire.metrics import decode_columns

OURS = "/api/epochal/v1/"
MSGPACK = {"Accept": "application/x-msgpack"}
VALUES = ["NaN", "Infinity", "-Infinity", -0.0, 5e-324]


@pytest.fixture
def points(api, run):
    """Awkward values at steps 0 to 4."""
    for step, value in enumerate(VALUES):
        api.log(run, "loss", value, step, 1000 + step)


def ask(api, run, headers=None, **asked):
    return api.get("metrics/history", OURS, headers, run_id=run, key="loss", **asked)


def test_columns_come_as_json(api, run, points):
    """NaN and infinities are spelled out."""
    assert ask(api, run).json == {
        "step": [0, 1, 2, 3, 4],
        "timestamp": [1000, 1001, 1002, 1003, 1004],
        "value": VALUES,
        "next_page_token": None,
    }


def test_columns_come_packed_on_request(api, run, points):
    """Bit by bit as they were logged."""
    answer = ask(api, run, MSGPACK)
    assert answer.headers["content-type"] == "application/x-msgpack"
    series, token = decode_columns(answer.body)
    assert token is None
    assert list(series.step) == [0, 1, 2, 3, 4]
    assert math.isnan(series.value[0])
    assert list(series.value[1:3]) == [math.inf, -math.inf]
    assert math.copysign(1, series.value[3]) == -1
    assert series.value[4] == 5e-324


def test_pages_follow_one_another(api, run, points):
    """The token leads to the rest and ends there."""
    steps, token = [], ""
    while token is not None:
        page = ask(api, run, max_results=2, page_token=token).json
        steps += page["step"]
        token = page["next_page_token"]
    assert steps == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("asked", "steps"),
    [
        ({"start": 1, "end": 2}, [1, 2]),
        ({"x": "time", "start": 1003}, [3, 4]),
        ({"x": "relative", "end": 1000}, [0, 1]),
    ],
)
def test_a_window_is_inclusive(api, run, points, asked, steps):
    """Of steps, of time, and of time since the run began (here one millisecond into 1970)."""
    assert ask(api, run, **asked).json["step"] == steps


def test_what_is_unknown_has_no_points(api, run):
    """And is no error."""
    assert ask(api, "0" * 32).json["step"] == ask(api, run, superseded="true").json["step"] == []


@pytest.mark.parametrize(
    "asked",
    [
        {"x": "epoch"},
        {"start": 2, "end": 1},
        {"start": "x"},
        {"max_results": 0},
        {"page_token": "x"},
        {"superseded": "maybe"},
    ],
)
def test_bad_values_are_refused(api, run, points, asked):
    """Each is a 400."""
    assert ask(api, run, **asked).error == (400, "INVALID_PARAMETER_VALUE")


def test_both_fields_are_required(api, run):
    """And named."""
    assert "key" in api.get("metrics/history", OURS, run_id=run).message
    assert "run_id" in api.get("metrics/history", OURS, key="loss").message
