"""Settings under either name."""

from __future__ import annotations

import pytest

from epochal.client.environment import is_set, number, variable
from epochal.errors import InvalidParameterError


def test_ours_goes_before_theirs(monkeypatch):
    """EPOCHAL_X wins over MLFLOW_X, and an empty value counts as unset."""
    monkeypatch.setenv("MLFLOW_RUN_ID", "theirs")
    assert variable("RUN_ID") == "theirs"
    monkeypatch.setenv("EPOCHAL_RUN_ID", "ours")
    assert variable("RUN_ID") == "ours"
    monkeypatch.setenv("EPOCHAL_RUN_ID", "")
    assert variable("RUN_ID") == "theirs"


@pytest.mark.parametrize(
    ("text", "expected"), [("1", True), ("TRUE", True), ("off", False), ("0", False)]
)
def test_switches(monkeypatch, text, expected):
    """Switches are read in any case."""
    monkeypatch.setenv("EPOCHAL_SWITCH", text)
    assert is_set("SWITCH") is expected
    assert is_set("OTHER", default=True)


def test_numbers(monkeypatch):
    """A number that is none is named together with its variable."""
    assert number("GRACE", 10.0) == 10.0
    monkeypatch.setenv("EPOCHAL_GRACE", "0.5")
    assert number("GRACE", 10.0) == 0.5
    for wrong in ("soon", "-1", "nan"):
        monkeypatch.setenv("EPOCHAL_GRACE", wrong)
        with pytest.raises(InvalidParameterError, match="EPOCHAL_GRACE"):
            number("GRACE", 10.0)
