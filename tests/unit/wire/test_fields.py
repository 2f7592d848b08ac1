"""The catalogue of fields on the wire."""

from __future__ import annotations

import json

import pytest

from epochal.entities import KnownField, Page
from epochal.search.columns import parse_column
from epochal.wire.fields import encode_fields


@pytest.mark.parametrize("key", ["loss", "val loss", "a.b", "1st", "lr/max", "back`tick", "é"])
def test_a_field_is_spelled_so_that_it_is_understood(key):
    """Its key quoted where a filter needs that."""
    page = Page([KnownField("param", key, "text", 2, is_exact=False)], "t")
    told = json.loads(encode_fields(page))
    (found,) = told["fields"]
    assert parse_column(found["field"]).key == found["key"] == key
    assert (found["count"], found["is_exact"], told["next_page_token"]) == (2, False, "t")
