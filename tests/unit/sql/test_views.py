"""Saved views in the database."""

from __future__ import annotations

import pytest

from epochal.entities import SavedView
from epochal.errors import NotFoundError
from epochal.sql.views import create_view, delete_view, get_view, search_views


def test_experiments_that_no_number_spells_are_left_out(any_database):
    """A view for such is a view for all."""
    view = SavedView("v", "n", ["x", "99999999999999999999"])
    any_database.write(lambda c: create_view(c, view)).result()
    with any_database.read() as connection:
        assert get_view(connection, "v").experiment_ids == []
        assert [one.view_id for one in search_views(connection, ["1"], 5, None).items] == ["v"]


def test_a_deletion_that_fails_leaves_everything(any_database):
    """The experiments of other views too."""
    any_database.write(lambda c: create_view(c, SavedView("v", "n", ["1"]))).result()
    with pytest.raises(NotFoundError):
        any_database.write(lambda c: delete_view(c, "w")).result()
    with any_database.read() as connection:
        assert get_view(connection, "v").experiment_ids == ["1"]
