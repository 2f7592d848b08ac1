"""Names and URIs of datasets."""

import pytest

from epochal.errors import InvalidParameterError
from epochal.rules.datasets import (
    DatasetName,
    check_content,
    check_dataset_name,
    check_file_name,
    check_length,
    parse_dataset,
)


@pytest.mark.parametrize(
    ("text", "name", "version"),
    [
        ("datasets:/flights/3", "flights", 3),
        ("datasets:/flights", "flights", None),
        ("datasets:/flights@latest", "flights", None),
        ("datasets:/flights/latest", "flights", None),
        ("flights/12", "flights", 12),
        ("two words", "two words", None),
        ("Größe_1.2-x", "Größe_1.2-x", None),
    ],
)
def test_what_texts_mean(text, name, version):
    """With or without the scheme; without a number the newest is meant."""
    assert parse_dataset(text) == DatasetName(name, version)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "datasets:/",
        "a/0",
        "a/-1",
        "a/1/2",
        "a/x",
        "a@prod",
        "../a",
        "a\0",
        "s3://a",
        "a/\uff11",
    ],
)
def test_other_texts_are_refused(text):
    """The error shows what would be right."""
    with pytest.raises(InvalidParameterError):
        parse_dataset(text)


@pytest.mark.parametrize(
    "name", ["", " ", ".", "..", "a/b", "a\\b", "a:b", "a%2f", "x" * 256, "\ud800"]
)
def test_names_that_no_uri_can_hold(name):
    """They are refused before anything is stored."""
    with pytest.raises(InvalidParameterError):
        check_dataset_name(name)


def test_other_parts_have_limits():
    """Digests, file names and texts."""
    check_content("a" * 64)
    check_file_name("flights 2024.csv")
    check_length("text", None, 1)
    for check in (
        lambda: check_content("A" * 64),
        lambda: check_file_name("a/b"),
        lambda: check_file_name(".."),
        lambda: check_length("text", "ab", 1),
    ):
        with pytest.raises(InvalidParameterError):
            check()
