"""Enumerations of the wire."""

import pytest

from epochal.entities import ViewType
from epochal.errors import InvalidParameterError
from epochal.wire.choices import read_status, read_view


@pytest.mark.parametrize("given", ["KILLED", 5, "5"])
def test_a_status_is_read_by_name_and_number(given):
    """The name and the number mean the same."""
    assert read_status(given) == "KILLED"


def test_no_status_is_none():
    """An absent status changes nothing."""
    assert read_status(None) is None


def test_an_unknown_status_is_refused_with_the_allowed_names():
    """The error says what would be right; MLflow ignores it silently."""
    with pytest.raises(InvalidParameterError, match=r"'BOGUS'.*RUNNING \(1\).*KILLED \(5\)"):
        read_status("BOGUS")


def test_views_default_to_active():
    """Who names no view sees what is not deleted."""
    assert read_view(None, "view_type") == ViewType.ACTIVE_ONLY
    assert read_view("ALL", "view_type") == read_view(3, "view_type") == ViewType.ALL


def test_an_unknown_view_names_its_field():
    """The error names the field as the request spelled it."""
    with pytest.raises(InvalidParameterError, match="run_view_type"):
        read_view("NONE", "run_view_type")
