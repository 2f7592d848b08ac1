"""What the registry takes, spelled as users spell it."""

import pytest

from epochal.errors import InvalidParameterError
from epochal.rules.registry import (
    check_alias,
    check_archiving,
    check_description,
    check_model_name,
    check_reference,
    fit_model_tags,
    read_stage,
    read_version,
)


@pytest.mark.parametrize("name", ["taxi", "a b", "Größe", "a\\b", "a@b", "x" * 256, "..a", "3"])
def test_names_are_free(name):
    """But for slashes and colons."""
    check_model_name(name)


@pytest.mark.parametrize("name", ["", " ", ".", "..", "a/b", "a:b", "x" * 257, "\x00"])
def test_bad_names_are_refused(name):
    """What `models:/` URIs could not tell apart."""
    with pytest.raises(InvalidParameterError):
        check_model_name(name)


@pytest.mark.parametrize(
    "alias", ["champion", "a-b_c", "v", "vx", "v1x", "é", "latest1", "x" * 255]
)
def test_aliases_are_words(alias):
    """With dashes."""
    check_alias(alias)


@pytest.mark.parametrize("alias", ["", "a b", "a.b", "latest", "LaTest", "v1", "V22", "x" * 256])
def test_bad_aliases_are_refused(alias):
    """And those that mean something already."""
    with pytest.raises(InvalidParameterError):
        check_alias(alias)


@pytest.mark.parametrize(
    ("given", "number"), [(3, 3), ("3", 3), (" 03 ", 3), ("-1", -1), ("9" * 30, 2**63 - 1)]
)
def test_versions_are_numbers_or_texts_of_them(given, number):
    """One that is too great is that of no version."""
    assert read_version(given) == number


@pytest.mark.parametrize("given", ["", "x", "1.0", 1.5, None, True, "²", "1e3", "9" * 50])
def test_what_is_no_number_is_refused(given):
    """With what was given."""
    with pytest.raises(InvalidParameterError, match="must be an integer"):
        read_version(given)


def test_stages_are_read_in_any_case():
    """And answered in their own."""
    assert [read_stage(text) for text in ("none", "STAGING", "Production", "archived ")] == [
        "None",
        "Staging",
        "Production",
        "Archived",
    ]
    with pytest.raises(InvalidParameterError, match="None, Staging, Production, Archived"):
        read_stage("live")


def test_only_holders_are_archived():
    """Of Staging and Production."""
    check_archiving("Staging")
    for stage in ("None", "Archived"):
        with pytest.raises(InvalidParameterError, match="not an Active stage"):
            check_archiving(stage)


def test_texts_have_bounds():
    """Descriptions, references and values of tags."""
    check_description(None)
    check_description("d" * 100_000)
    assert fit_model_tags({"k": "v" * 100_000})["k"] == "v" * 100_000
    for check in (
        lambda: check_description("d" * 100_001),
        lambda: check_description("\x00"),
        lambda: check_reference("run_id", "r" * 2049),
        lambda: fit_model_tags({"k": "v" * 100_001}),
        lambda: fit_model_tags({"a//b": "v"}),
    ):
        with pytest.raises(InvalidParameterError):
            check()
