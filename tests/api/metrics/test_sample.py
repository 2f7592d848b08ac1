"""POST metrics/sample, our own: points for charts."""

import pytest

from epochal.wire.metrics import decode_curves

OURS = "/api/epochal/v1/"


@pytest.fixture
def runs(api, experiment):
    """Two runs of a thousand points, one of them with a peak in the middle."""
    made = [api.new_run(experiment, start_time=500) for _ in range(2)]
    for number, run_id in enumerate(made):
        points = [
            {"key": "loss", "value": step % 2, "timestamp": 1000 + step, "step": step}
            for step in range(999)
        ]
        points[500]["value"] = 99 if number else 1
        points.append({"key": "accuracy", "value": "Infinity", "timestamp": 1, "step": 1})
        assert api.post("runs/log-batch", {"run_id": run_id, "metrics": points}).status == 200
    return made


def ask(api, runs, **asked):
    return api.post("metrics/sample", {"run_ids": runs, "keys": ["loss"], **asked}, OURS)


def test_many_runs_and_keys_come_in_one_answer(api, runs):
    """In the order asked for, each with its place in time; those without points left out."""
    asked = {"keys": ["accuracy", "loss", "none"], "points": 50}
    found = ask(api, [runs[1], "0" * 32, runs[0]], **asked).json["series"]
    assert [(one["run_id"], one["key"]) for one in found] == [
        (runs[1], "accuracy"),
        (runs[1], "loss"),
        (runs[0], "accuracy"),
        (runs[0], "loss"),
    ]
    assert {one["origin"] for one in found} == {500}
    assert found[0]["value"] == ["Infinity"]
    assert [one["is_whole"] for one in found[:2]] == [True, False]
    assert len(found[1]["step"]) <= 50
    assert 500 in found[1]["step"]


def test_columns_come_packed_on_request(api, runs):
    """The same points."""
    asked = {"run_ids": runs, "keys": ["loss"], "points": 20, "x": "time"}
    packed = api.post("metrics/sample", asked, OURS, Accept="application/x-msgpack")
    found = decode_curves(packed.body)
    assert [curve.run_id for curve in found] == runs
    plain = api.post("metrics/sample", asked, OURS).json["series"]
    assert [list(curve.series.step) for curve in found] == [one["step"] for one in plain]


def test_a_window_of_relative_time(api, runs):
    """Counts from the start of the run."""
    (one,) = ask(api, runs[:1], x="relative", start=600, end=604).json["series"]
    assert one["timestamp"] == [1100, 1101, 1102, 1103, 1104]


@pytest.mark.parametrize(
    "asked",
    [
        {"run_ids": []},
        {"keys": []},
        {"run_ids": [str(n) for n in range(1001)]},
        {"keys": [str(n) for n in range(101)]},
        {"points": 0},
        {"points": 5001},
        {"run_ids": [str(n) for n in range(1000)], "points": 5000},
        {"x": "epoch"},
        {"start": 5, "end": 4},
        {"keys": "loss"},
    ],
)
def test_bad_values_are_refused(api, asked):
    """Each is a 400."""
    assert ask(api, ["r"], **asked).error == (400, "INVALID_PARAMETER_VALUE")
