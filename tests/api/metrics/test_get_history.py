"""GET metrics/get-history."""

import pytest


@pytest.fixture
def points(api, run):
    """Five points, logged backwards, as (timestamp, step, value)."""
    made = [(n, 10 - n, n / 2) for n in range(5)]
    for timestamp, step, value in reversed(made):
        api.log(run, "loss", value, step, timestamp)
    return made


def history(api, run, **asked):
    return api.get("metrics/get-history", run_id=run, metric_key="loss", **asked)


def rows(answer):
    listed = answer.json.get("metrics", [])
    return [(row["timestamp"], row["step"], row["value"]) for row in listed]


def test_points_come_by_timestamp(api, run, points):
    """Then by step and value; everything in one answer unless asked otherwise."""
    answer = history(api, run)
    assert rows(answer) == points
    assert "next_page_token" not in answer.json


def test_pages_follow_one_another(api, run, points):
    """The token leads to the rest and ends there."""
    collected, token = [], ""
    for _ in range(3):
        answer = history(api, run, max_results=2, page_token=token)
        collected += rows(answer)
        token = answer.json.get("next_page_token", "")
    assert collected == points
    assert token == ""


def test_unknown_runs_and_keys_have_no_points(api, run):
    """And are no error."""
    assert history(api, run).json == history(api, "0" * 32).json == {}


@pytest.mark.parametrize("asked", [{"max_results": 0}, {"max_results": -1}, {"page_token": "x"}])
def test_bad_values_are_refused(api, run, points, asked):
    """Each is a 400."""
    answer = history(api, run, **asked)
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")


def test_both_fields_are_required(api, run):
    """And named."""
    assert "metric_key" in api.get("metrics/get-history", run_id=run).message
    assert "run_id" in api.get("metrics/get-history", metric_key="loss").message
