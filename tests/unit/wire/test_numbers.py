"""Numbers as MLflow's JSON spells them."""

import math

import pytest

from epochal.wire.numbers import (
    MAX_DOUBLE,
    read_double,
    read_int64,
    spell_double,
    spell_doubles,
)


def test_nan_is_spelled_as_text():
    """NaN is the text "NaN" for every client."""
    assert spell_double(math.nan, exact=False) == spell_double(math.nan, exact=True) == "NaN"


def test_infinities_are_the_largest_doubles_as_mlflow_sends_them():
    """A client of MLflow's gets ±1.797e308."""
    assert spell_double(math.inf, exact=False) == MAX_DOUBLE
    assert spell_double(-math.inf, exact=False) == -MAX_DOUBLE


def test_infinities_are_spelled_out_for_our_client():
    """A client of ours gets the truth."""
    assert spell_doubles([1.5, math.inf, -math.inf, math.nan], exact=True) == [
        1.5,
        "Infinity",
        "-Infinity",
        "NaN",
    ]


@pytest.mark.parametrize(
    ("given", "value"),
    [(1, 1.0), (True, 1.0), ("2.5", 2.5), ("Infinity", math.inf), ("-Infinity", -math.inf)],
)
def test_doubles_may_be_numbers_booleans_and_texts(given, value):
    """Whatever MLflow reads as a double is read as that double."""
    assert read_double(given) == value


def test_nan_is_read_from_text():
    """The text "NaN" stands for NaN."""
    read = read_double("NaN")
    assert read is not None
    assert math.isnan(read)


@pytest.mark.parametrize("given", ["five", "", "1_0", None, [], {}, 10**400])
def test_other_values_are_no_doubles(given):
    """What is no number is not taken for one."""
    assert read_double(given) is None


@pytest.mark.parametrize(
    ("given", "value"), [(5, 5), ("-5", -5), (1e3, 1000), (str(2**63 - 1), 2**63 - 1)]
)
def test_int64_may_be_numbers_and_decimal_texts(given, value):
    """Whole numbers are read from both of their spellings."""
    assert read_int64(given) == value


@pytest.mark.parametrize(
    "given", [1.5, True, "1.5", "", "--1", 2**63, str(2**63), -(2**63) - 1, None, math.nan, "٣"]
)
def test_what_is_no_int64_is_refused(given):
    """Fractions, booleans and numbers of more than 64 bits are no int64."""
    assert read_int64(given) is None
