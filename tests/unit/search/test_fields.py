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


@pytest.mark.parametrize("kind", list(TABLES))
def test_relations_lead_to_tables_by_legal_examples(kind):
    """No relation is spelled as a prefix or an attribute is, and each shows a legal filter."""
    table = TABLES[kind]
    for name, relation in table.relations.items():
        assert relation.kind in TABLES
        assert name not in {*table.prefixes, *table.keys("attribute")}
        assert parse_filter(relation.example, kind) is not None


def test_every_field_takes_null_and_lists():
    """IN and IS NULL stand in every row of both tables; numbers are compared in logged texts."""
    for table in TABLES.values():
        types = [*(t for keys in table.fixed.values() for t in keys.values())]
        for field in [*types, *table.free.values()]:
            assert {"IN", "NOT IN", "IS NULL", "IS NOT NULL"} <= set(field.operators)
    assert ">" in RUN_FIELDS.free["param"].all_operators
    assert ">" not in RUN_FIELDS.fixed["attribute"]["status"].all_operators


def test_the_canonical_spelling_of_an_entity_is_its_first():
    """Attributes have no prefix."""
    assert RUN_FIELDS.spelling("param") == "params."
    assert RUN_FIELDS.spelling("attribute") == ""
    assert EXPERIMENT_FIELDS.spelling("tag") == "tags."
