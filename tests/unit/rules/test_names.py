"""Names of experiments and runs, chosen and generated."""

import re

import pytest

from epochal.errors import InvalidParameterError
from epochal.rules.names import (
    check_experiment_id,
    check_experiment_name,
    check_run_id,
    choose_run_name,
    generate_run_name,
)


def test_generated_names_are_short_and_spoken():
    """adjective-noun-number, lower case, at most 20 characters."""
    for _ in range(200):
        name = generate_run_name()
        assert re.fullmatch(r"[a-z]+-[a-z]+-\d{1,4}", name)
        assert len(name) <= 20


def test_the_name_comes_from_the_argument_or_the_tag():
    """Either will do, both may agree, neither gives a generated one."""
    assert choose_run_name("a", None) == "a"
    assert choose_run_name(None, "b") == "b"
    assert choose_run_name("c", "c") == "c"
    assert choose_run_name("", None)


def test_two_different_names_are_refused():
    """The message holds both."""
    with pytest.raises(InvalidParameterError, match=r"'a'.*'b'"):
        choose_run_name("a", "b")


@pytest.mark.parametrize("bad", ["", "x" * 501, "a\x00b"])
def test_experiment_names_have_one_to_500_characters(bad):
    """Others are refused, and names with a NUL."""
    check_experiment_name("x" * 500)
    with pytest.raises(InvalidParameterError):
        check_experiment_name(bad)


@pytest.mark.parametrize("bad", ["", "abc", "-1", "1.0", "9" * 19, "¹", " 1"])
def test_experiment_ids_are_whole_numbers(bad):
    """Ids of 18 digits, as MLflow's file store has them, pass."""
    check_experiment_id("0")
    check_experiment_id("9" * 18)
    with pytest.raises(InvalidParameterError):
        check_experiment_id(bad)


@pytest.mark.parametrize("bad", ["", "-a", "a/b", "a.b", "x" * 257, "é"])
def test_run_ids_are_plain_words(bad):
    """Letters, digits, `_` and `-`, at most 256."""
    check_run_id("0123456789abcdef" * 2)
    with pytest.raises(InvalidParameterError):
        check_run_id(bad)
