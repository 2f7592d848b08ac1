"""What users hand over, and what is made of it."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from epochal.client.values import as_number, as_numbers, as_param, as_step, as_tag, as_timestamp
from epochal.errors import InvalidParameterError


class Tensor:
    """What torch's scalars look like: `item()` and nothing else."""

    def __init__(self, value) -> None:
        self.value = value

    def item(self):
        if isinstance(self.value, list):
            raise RuntimeError("a Tensor with 2 elements cannot be converted to Scalar")  # noqa: TRY004 - as torch does
        return self.value


@pytest.mark.parametrize(
    ("given", "number"),
    [
        (1, 1.0),
        (0.5, 0.5),
        (float("inf"), math.inf),
        (Decimal("0.25"), 0.25),
        (Fraction(1, 4), 0.25),
        (np.float32(0.5), 0.5),
        (np.int64(7), 7.0),
        (np.array(3.0), 3.0),
        (np.array([3.0]), 3.0),
        (Tensor(0.5), 0.5),
        (True, 1.0),
        (np.bool_(False), 0.0),
        (Tensor(True), 1.0),
        ("3.5", 3.5),
    ],
)
def test_real_numbers_of_every_kind_are_metrics(given, number):
    """Python's, numpy's and torch's scalars become the same double, as MLflow's client has it."""
    assert as_number("loss", given) == number
    assert as_numbers({"loss": given}) == {"loss": number}


@pytest.mark.parametrize(
    "given",
    [
        *["many", "", b"1", None, [1.0], {}, 1j, 10**400],
        *[np.array([1.0, 2.0]), Tensor([1, 2]), object()],
    ],
)
def test_anything_else_is_no_metric(given):
    """Texts that spell no number, bytes and several numbers raise where they are logged."""
    with pytest.raises(InvalidParameterError, match="metric 'loss'"):
        as_number("loss", given)


def test_plain_floats_are_passed_on_as_they_are():
    """A dictionary of floats is not copied: training logs it in a loop."""
    metrics = {"a": 1.0, "b": 2.0}
    assert as_numbers(metrics) is metrics


@pytest.mark.parametrize(
    ("given", "step"), [(None, 0), (3, 3), (-3, -3), (3.0, 3), (np.int32(3), 3), (Tensor(3), 3)]
)
def test_whole_numbers_of_every_kind_are_steps(given, step):
    """Steps may be negative, numpy's, or floats without a fraction."""
    assert as_step(given) == step


@pytest.mark.parametrize("given", ["3", float("nan"), float("inf"), [1], object()])
def test_anything_else_is_no_step(given):
    """A step that is no whole number raises."""
    with pytest.raises(InvalidParameterError, match="whole number"):
        as_step(given)


@pytest.mark.parametrize(("given", "step"), [(1.5, 1), (-1.5, -1), (np.float32(2.75), 2)])
def test_parts_of_steps_are_dropped(given, step):
    """MLflow's client takes them, so that no script must fail of them."""
    assert as_step(given) == step


def test_timestamps_are_not_negative():
    """Nothing happened before 1970; now is the default."""
    assert as_timestamp(5) == 5
    assert as_timestamp(None) > 1_600_000_000_000
    with pytest.raises(InvalidParameterError, match="negative"):
        as_timestamp(-1)


def test_params_and_tags_become_text(monkeypatch):
    """Anything can be a param; long ones are cut, or refused if the environment says so."""
    assert as_param("lr", None) == "None"
    assert as_param("lr", 0.1) == "0.1"
    assert len(as_param("lr", "x" * 7000)) == 6000
    assert len(as_tag("note", "x" * 9000)) == 8000
    assert len(as_tag("mlflow.log-model.history", "x" * 9000)) == 9000
    monkeypatch.setenv("MLFLOW_TRUNCATE_LONG_VALUES", "false")
    with pytest.raises(InvalidParameterError, match="6000"):
        as_param("lr", "x" * 7000)


@pytest.mark.parametrize("key", [1, None, b"lr"])
def test_keys_are_text(key):
    """A key that is no text is named in the error."""
    with pytest.raises(InvalidParameterError, match="must be a text"):
        as_param(key, 1)
    with pytest.raises(InvalidParameterError, match="must be a text"):
        as_tag(key, 1)
