"""Saved views on the wire."""

from __future__ import annotations

import json

from epochal.entities import Page, SavedView
from epochal.wire.decoding import decode_body
from epochal.wire.views import CreateView, UpdateView, encode_view, encode_views


def test_a_query_is_any_object():
    """In camelCase and among unknown fields too."""
    made = decode_body(CreateView, b'{"name":"n","experimentIds":["1"],"query":{"a":[1,{"b":2}]}}')
    assert (made.experiment_ids, made.query) == (["1"], {"a": [1, {"b": 2}]})
    changed = decode_body(UpdateView, b'{"view_id":"v","name":null}')
    assert (changed.name, changed.query, changed.experiment_ids) == (None, None, None)


def test_views_are_told_whole():
    """One, or a page of them."""
    view = SavedView("v", "n", ["1"], {"a": 1}, "ada", 5, 6)
    told = json.loads(encode_view(view))["view"]
    assert SavedView(**told) == view
    page = json.loads(encode_views(Page([view])))
    assert page == {"views": [told], "next_page_token": ""}


def test_a_view_that_json_cannot_tell_is_mended():
    """One bad row, kept by an older version, does not keep the others from being listed."""
    bad = SavedView("v", "n", [], {"a\ud800": ["\ud800", float("nan"), 1]})
    page = json.loads(encode_views(Page([bad, SavedView("w", "good")])))
    assert page["views"][0]["query"] == {"a?": ["?", None, 1]}
    assert page["views"][1]["name"] == "good"
