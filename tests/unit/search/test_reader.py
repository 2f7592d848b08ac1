"""Fields are read and looked up in one place."""

from __future__ import annotations

import pytest

from epochal.errors import SearchSyntaxError, UnknownFieldError
from epochal.search.fields import EXPERIMENT_FIELDS, RUN_FIELDS
from epochal.search.reader import Reader
from epochal.search.tree import Field


def test_a_name_is_split_at_its_first_dot():
    """Entity before it, key behind it, and where the name begins."""
    reader = Reader("  tags.a.b > 1", "text", RUN_FIELDS)
    name = reader.read_name()
    assert (name.entity, name.key, name.position) == ("tags", "a.b", 2)
    assert reader.token.text == ">"
    assert not reader.is_done


def test_the_end_is_never_passed():
    """Advancing at the end stays there."""
    reader = Reader("a", "text", RUN_FIELDS)
    for _ in range(3):
        reader.advance()
    assert reader.is_done


def test_names_resolve_through_aliases():
    """`created` is start_time; a key of the user's own is taken as it is."""
    reader = Reader("created metrics.created", "text", RUN_FIELDS)
    assert reader.resolve(reader.read_name())[0] == Field("attribute", "start_time")
    assert reader.resolve(reader.read_name())[0] == Field("metric", "created")


def test_advice_names_only_what_the_kind_has():
    """Experiments have tags and neither metrics nor params."""
    reader = Reader("team", "text", EXPERIMENT_FIELDS)
    with pytest.raises(UnknownFieldError, match=r"write tags\.team\."):
        reader.resolve(reader.read_name())


def test_a_misfit_is_quoted_with_its_place():
    """The error for a token names the text it stands in."""
    reader = Reader("a", "order_by clause 'a'", RUN_FIELDS)
    error = reader.invalid(reader.token, "Advice.")
    assert isinstance(error, SearchSyntaxError)
    assert "order_by clause 'a': 'a' at character 0. Advice." in error.message
