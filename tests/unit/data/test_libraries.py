"""Libraries that may be missing."""

import pytest

from epochal.data.libraries import library
from epochal.errors import NotSupportedError


def test_what_is_missing_is_named():
    """The error says what to install."""
    assert library("json").loads("1") == 1
    with pytest.raises(NotSupportedError, match="pip install 'no_such_thing'"):
        library("no_such_thing.part")
