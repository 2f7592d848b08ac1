"""Constructors of plugins."""

import pytest

from epochal import data
from epochal.data.dataset_registry import _constructors, get_registered_constructors
from epochal.errors import InvalidParameterError


def test_a_constructor_becomes_part_of_the_module():
    """Under its own name or another."""

    def from_cards(cards, name=None, digest=None):
        return data.MetaDataset(data.HTTPDatasetSource(cards), name, digest)

    assert data.register_constructor(from_cards) == "from_cards"
    try:
        assert data.from_cards("https://e.org", name="n").name == "n"
        assert get_registered_constructors() == {"from_cards": from_cards}
    finally:
        del _constructors["from_cards"], data.from_cards


def test_others_are_refused():
    """The error says what a constructor must be called and take."""
    with pytest.raises(InvalidParameterError, match="'from_' or 'load_'"):
        data.register_constructor(print, "make")
    with pytest.raises(InvalidParameterError, match="must take name and digest"):
        data.register_constructor(print, "from_it")
