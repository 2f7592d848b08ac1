"""The tables of fields hold together."""

from __future__ import annotations

from typing import get_args

import pytest

from epochal.search.fields import EXPERIMENT_FIELDS, RUN_FIELDS, TABLES
from epochal.search.parser import parse_filter
from epochal.search.tree import Function


@pytest.mark.parametrize("kind", list(TABLES))
def test_every_prefix_leads_to_an_entity_with_fields(kind):
    """A prefix without fields behind it would be a dead end; each table's example is legal."""
    table = TABLES[kind]
    assert table.kind == kind
    assert set(table.prefixes.values()) == {*table.fixed, *table.free}
    assert parse_filter(table.example, kind) is not None


@pytest.mark.parametrize("kind", list(TABLES))
def test_aliases_mean_known_attributes(kind):
    """An alias resolves to an attribute of its table."""
    table = TABLES[kind]
    assert set(table.aliases.values()) <= set(table.fixed["attribute"])


def test_every_function_is_known_by_its_name():
    """Each summary can be asked for; `last` is the plain metric."""
    meant = {name: known.function for name, known in RUN_FIELDS.functions.items()}
    assert meant.pop("last") is None
    assert meant == {name: name for name in get_args(Function)}
    assert EXPERIMENT_FIELDS.functions == {}


def test_spaced_aliases_order_nothing():
    """`Run name` may be filtered by and not ordered by, as with MLflow."""
    assert "Run name" in RUN_FIELDS.keys("attribute")
    assert "Run name" not in RUN_FIELDS.orderable_keys()
    assert "created" in RUN_FIELDS.orderable_keys()


def test_lists_compare_identifiers_only():
    """IN belongs to run_id and experiment_id."""
    assert RUN_FIELDS.listed_keys() == ["run_id"]
    assert EXPERIMENT_FIELDS.listed_keys() == ["experiment_id"]
