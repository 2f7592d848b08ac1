"""What every store promises about saved views."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from epochal.entities import SavedView
from epochal.errors import InvalidParameterError, NotFoundError, ViewExistsError

if TYPE_CHECKING:
    from epochal.ports.views import ViewStore


class ViewContract:
    """All that every view store promises. The fixture `store` yields a new, empty store."""

    def test_a_view_is_kept_whole(self, store: ViewStore) -> None:
        """Names, numbers and nested values of the query come back as they were."""
        view = SavedView(
            "v1", "é best", ["3", "1"], {"filter": "\0'", "charts": [{"x": 1.5}]}, "ada", 5, 6
        )
        store.create_view(view)
        assert store.get_view("v1") == replace(view, experiment_ids=["1", "3"])

    def test_views_come_by_name(self, store: ViewStore) -> None:
        """In pages that follow each other; equal names by id."""
        for view_id, name in (("c", "b"), ("a", "b"), ("b", "a"), ("d", "C")):
            store.create_view(SavedView(view_id, name, ["7"] if view_id == "a" else []))
        found: list[str] = []
        token = None
        while True:
            page = store.search_views([], 2, token)
            found += [view.view_id for view in page.items]
            token = page.token
            if token is None:
                break
        assert found == ["d", "b", "a", "c"]
        with pytest.raises(InvalidParameterError):
            store.search_views([], 2, "rubbish")

    def test_views_are_found_by_experiment(self, store: ViewStore) -> None:
        """Those for one of the experiments, and those that are for all."""
        store.create_view(SavedView("one", "one", ["1", "2"]))
        store.create_view(SavedView("two", "two", ["3"]))
        store.create_view(SavedView("all", "all"))
        found = store.search_views(["2", "9"], 10, None).items
        assert [view.view_id for view in found] == ["all", "one"]

    def test_a_view_is_replaced(self, store: ViewStore) -> None:
        """Name, experiments and query; when it was created stays."""
        view = SavedView("v", "old", ["1"], {"filter": "x"}, "ada", 5, 5)
        store.create_view(view)
        changed = replace(view, name="new", experiment_ids=["2"], query={}, updated_ms=9)
        store.replace_view(changed)
        assert store.get_view("v") == changed
        assert store.search_views(["1"], 10, None).items == []

    def test_names_tell_views_apart(self, store: ViewStore) -> None:
        """Of those for the same experiments; others may have the same name."""
        store.create_view(SavedView("one", "n", ["1", "2"]))
        store.create_view(SavedView("two", "n", ["1"]))
        store.create_view(SavedView("three", "m", ["1"]))
        store.replace_view(SavedView("two", "n", ["1"], {"filter": "x"}))
        for work in (
            lambda: store.create_view(SavedView("four", "n", ["2", "1"])),
            lambda: store.replace_view(SavedView("three", "n", ["1"])),
        ):
            with pytest.raises(ViewExistsError):
                work()
        assert len(store.search_views([], 10, None).items) == 3

    def test_a_deleted_view_is_gone(self, store: ViewStore) -> None:
        """It is found, changed and deleted no more."""
        store.create_view(SavedView("v", "v", ["1"]))
        store.delete_view("v")
        assert store.search_views([], 10, None).items == []
        for work in (
            lambda: store.get_view("v"),
            lambda: store.delete_view("v"),
            lambda: store.replace_view(SavedView("v", "v")),
        ):
            with pytest.raises(NotFoundError):
                work()
