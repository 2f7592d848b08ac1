"""What can be shown in a column, grouped by or aggregated."""

from __future__ import annotations

import pytest

from epochal.errors import SearchSyntaxError, UnknownFieldError
from epochal.search.columns import (
    ATTRIBUTES,
    Aggregate,
    is_number,
    parse_aggregate,
    parse_column,
    parse_columns,
)
from epochal.search.tree import Field


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("metrics.loss", Field("metric", "loss")),
        ("min(metrics.`val loss`)", Field("metric", "val loss", "min")),
        ("last(metrics.a)", Field("metric", "a")),
        ("params.lr/max", None),
        ('tags."my key"', Field("tag", "my key")),
        ("run_name", Field("attribute", "run_name")),
        ("attributes.lifecycle_stage", Field("attribute", "lifecycle_stage")),
        ("experiment_id", Field("attribute", "experiment_id")),
        (" created ", Field("attribute", "start_time")),
        ("metrics.a, metrics.b", None),
        ("metrics.a DESC", None),
        ("datasets.name", None),
        ("", None),
        ("metrics.", None),
        ("min(run_name)", None),
    ],
)
def test_a_column_is_spelled_as_in_a_filter(text, field):
    """One field, and nothing behind it."""
    if field is None:
        with pytest.raises(SearchSyntaxError):
            parse_column(text)
    else:
        assert parse_column(text) == field


def test_an_unknown_attribute_names_the_known_ones():
    """The nearest of them first."""
    with pytest.raises(UnknownFieldError, match="run_name"):
        parse_column("run_nam")


def test_columns_keep_their_spelling():
    """Each once, in order."""
    texts = ["metrics.a", "metric.a", "metrics.a"]
    assert parse_columns(texts) == dict.fromkeys(texts, Field("metric", "a"))


def test_aggregates_are_over_runs():
    """The function within says what of each run, the one around what of all."""
    loss = Field("metric", "loss")
    assert parse_aggregate("count") == Aggregate("count")
    assert parse_aggregate(" Min( metrics.loss ) ") == Aggregate("min", loss)
    assert parse_aggregate("mean(min(metrics.loss))") == Aggregate(
        "mean", Field("metric", "loss", "min")
    )
    assert parse_aggregate("count(params.a)") == Aggregate("count", Field("param", "a"))
    for text in ("", "min", "min()", "max(params.a)", "median(metrics.a)", "min(metrics.a) + 1"):
        with pytest.raises(SearchSyntaxError):
            parse_aggregate(text)


def test_every_attribute_is_a_column():
    """Times and durations are numbers, the rest are texts."""
    numbers = [name for name in ATTRIBUTES if is_number(parse_column(name))]
    assert numbers == ["start_time", "end_time", "duration"]


@pytest.mark.parametrize("text", ["experiment.name", "parent.run_name", "child.metrics.loss"])
def test_fields_of_related_things_are_no_columns(text):
    """They are refused by name: a column shows the run itself."""
    with pytest.raises(SearchSyntaxError, match="stand in filters only"):
        parse_column(text)
    with pytest.raises(SearchSyntaxError, match="stand in filters only"):
        parse_aggregate(f"count({text})")
