"""Values of params, tags, points and datasets."""

import pytest

from epochal.entities import Dataset, DatasetInput, InputTag, Metric, Points
from epochal.errors import InvalidParameterError
from epochal.rules.values import (
    check_batch,
    check_dataset_input,
    check_points,
    fit_params,
    fit_tags,
)


def test_long_values_are_cut_or_refused():
    """6,000 characters of a param, 8,000 of a tag; the switch decides what happens beyond."""
    assert len(fit_params({"p": "x" * 7000}, truncate=True)["p"]) == 6000
    assert len(fit_tags({"t": "x" * 9000}, truncate=True)["t"]) == 8000
    with pytest.raises(InvalidParameterError, match="7000"):
        fit_params({"p": "x" * 7000}, truncate=False)
    with pytest.raises(InvalidParameterError, match="9000"):
        fit_tags({"t": "x" * 9000}, truncate=False)


def test_nul_characters_are_refused():
    """Not every database can keep them; the message names the key."""
    with pytest.raises(InvalidParameterError, match=r"'p'.*NUL"):
        fit_params({"p": "a\x00b"}, truncate=True)
    with pytest.raises(InvalidParameterError, match=r"'t'.*NUL"):
        fit_tags({"t": "\x00"}, truncate=True)


def test_the_model_history_is_never_cut():
    """It is JSON; half of it would be none."""
    assert (
        len(fit_tags({"mlflow.log-model.history": "x" * 9000}, truncate=True).popitem()[1]) == 9000
    )


def test_points_need_good_keys_and_times():
    """A negative timestamp is named with its key and value; negative steps are fine."""
    check_points(Points.of([Metric("m", 1.0, 0, -5)]))
    with pytest.raises(InvalidParameterError, match=r"-1.*'m'"):
        check_points(Points.of([Metric("ok", 1.0, 3), Metric("m", 2.0, -1)]))
    with pytest.raises(InvalidParameterError, match="a//b"):
        check_points(Points.of([Metric("a//b", 1.0, 0)]))


@pytest.mark.parametrize(
    ("metrics", "params", "tags"), [(1001, 0, 0), (0, 101, 0), (0, 0, 101), (950, 51, 0)]
)
def test_batches_have_limits(metrics, params, tags):
    """1,000 metrics, 100 params, 100 tags, 1,000 in all."""
    check_batch(1000, [], 0)
    check_batch(800, [f"p{i}" for i in range(100)], 100)
    with pytest.raises(InvalidParameterError, match="at most"):
        check_batch(metrics, [f"p{i}" for i in range(params)], tags)


def test_a_param_stands_once_in_a_batch():
    """Even with the same value twice."""
    with pytest.raises(InvalidParameterError, match=r"\['a'\]"):
        check_batch(0, ["a", "b", "a"], 0)


@pytest.mark.parametrize(
    "dataset",
    [
        Dataset("", "d", "local", "s"),
        Dataset("n", "", "local", "s"),
        Dataset("n", "d", "local", ""),
        Dataset("n", "d" * 37, "local", "s"),
        Dataset("n" * 501, "d", "local", "s"),
    ],
)
def test_datasets_need_an_identity_within_limits(dataset):
    """Name, digest and source are needed; each has a limit."""
    check_dataset_input(DatasetInput(Dataset("n", "d", "local", "s"), [InputTag("k", "")]))
    with pytest.raises(InvalidParameterError):
        check_dataset_input(DatasetInput(dataset))
