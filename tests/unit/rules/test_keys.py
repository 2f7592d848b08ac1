"""Which keys are legal: MLflow's rules, character by character."""

import re

import pytest

from epochal.errors import InvalidParameterError
from epochal.rules.keys import check_key


@pytest.mark.parametrize(
    "key",
    [
        "rmse",
        "train/loss",
        "train-data-path",
        "a b",
        "a:b",
        "a.b",
        "日本",
        "k" * 250,
        "..."[:1] + "x",
    ],
)
def test_accepts(key):
    """Word characters of any script, `/ . - :` and space, up to 250 of them."""
    check_key("metric", key)


@pytest.mark.parametrize(
    "key",
    [
        "",
        5,
        None,
        "k" * 251,
        "a//b",
        "a/./b",
        "../a",
        "..",
        ".",
        "/a",
        "a/",
        "a\tb",
        "a\nb",
        "a*b",
        "a'b",
    ],
)
def test_refuses(key):
    """Empty, too long, unclean paths and other characters; the message names the key."""
    with pytest.raises(InvalidParameterError, match="Invalid metric name"):
        check_key("metric", key)


@pytest.mark.parametrize(
    ("key", "right"), [("/abs", "'abs'"), ("a//b", "'a/b'"), ("../a", "'a'"), ("a/", "'a'")]
)
def test_what_is_advised_is_right(key, right):
    """The key that an error proposes would pass."""
    with pytest.raises(InvalidParameterError, match=re.escape(f"{right} would be right")):
        check_key("metric", key)
    check_key("metric", right.strip("'"))
