"""Labels of ranks at the end of keys."""

from __future__ import annotations

import pytest

from epochal.errors import InvalidParameterError
from epochal.rules.ranks import check_rank, label_key, split_key


@pytest.mark.parametrize("key", ["loss", "eval/loss", "a/rank:1", "rank:3"])
@pytest.mark.parametrize("rank", [0, 7, 999_999_999])
def test_what_is_labelled_is_split_again(key, rank):
    """Only the last label counts."""
    assert split_key(label_key(key, rank)) == (key, rank)


@pytest.mark.parametrize(
    "key", ["loss", "rank:3", "/rank:3", "loss/rank:", "loss/rank:03", "a/rank:-1"]
)
def test_keys_without_a_label_stay_whole(key):
    """What no label ends is the key itself."""
    assert split_key(key) == (key, None)


@pytest.mark.parametrize("rank", [-1, 1.0, "3", True, 10**9])
def test_ranks_are_whole_numbers(rank):
    """Anything else is refused with its value."""
    with pytest.raises(InvalidParameterError, match="rank"):
        check_rank(rank)
