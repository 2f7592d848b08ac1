"""Completion offers what the parser would take, at any place of a filter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epochal.search.completion import MAX_CANDIDATES, Known, complete, find_fault
from epochal.search.parser import parse_filter

KEYS = {
    "metric": {"loss": 10, "val loss": 1, "parent": 2},
    "param": {"lr": 5, "model": 2000},
    "tag": {"team": 1, "a`b": 1},
}


class Catalogue:
    def keys(self, entity, part):
        return [Known(k, n) for k, n in KEYS[entity].items() if part.lower() in k.lower()]

    def values(self, of, prefix):
        if of.relation == "model":
            return [Known("champion")]
        assert of.relation is None
        texts = ["lasso", "ridge", "it's", "'\""]
        return [Known(text) for text in texts if text.startswith(prefix)]


def ask(text, kind="run"):
    """The completion where `|` stands."""
    return complete(text.replace("|", "", 1), text.index("|"), Catalogue(), kind)


def offered(text, kind="run"):
    return [candidate.text for candidate in ask(text, kind).candidates]


@pytest.mark.parametrize(
    ("text", "start", "end", "candidates"),
    [
        ("lo|", 0, 2, ["metrics.loss", "metrics.`val loss`"]),
        ("metrics.lo|ss < 1", 0, 12, ["metrics.loss"]),
        ("metrics.`va|", 0, 11, ["metrics.`val loss`"]),
        ("status = 'x' OR mod|", 16, 19, ["model.", "params.model"]),
        ("NOT (tea|", 5, 8, ["tags.team"]),
        ("run.sta|", 0, 7, []),
        ("min(|", 4, 4, ["metrics.loss", "metrics.`val loss`", "metrics.parent"]),
        ("min(metrics.l|) < 1", 4, 13, ["metrics.loss"]),
        ("parent.metrics.l|", 0, 16, ["parent.metrics.loss"]),
        ("experiment.n|", 0, 12, ["experiment.name"]),
        ("model.al|", 0, 8, ["model.alias"]),
        ("model.alias = 'c|", 14, 16, ["'champion'"]),
        ("model.version = |", 16, 16, []),
        ("params.model = |", 15, 15, ["'lasso'", "'ridge'", '"it\'s"']),
        ("params.model = 'l|", 15, 17, ["'lasso'"]),
        ("params.model = 'l|asso' AND", 15, 22, ["'lasso'"]),
        ("params.model IN ('x', \"r|", 22, 24, ["'ridge'"]),
        ("params.model =~ |", 16, 16, []),
        ("status = 'f|", 9, 11, ["'FINISHED'", "'FAILED'"]),
        ("start_time > no|", 13, 15, ["now - 1h", "now - 1d", "now - 7d", "now - 30d"]),
        ("duration > |", 11, 11, ["60s", "10m", "1h", "1d"]),
        ("metrics.a BETWEEN 1 |", 20, 20, ["AND"]),
        ("metrics.a BETWEEN 1 AND 2 |", 26, 26, ["AND", "OR"]),
        ("params.p IN |", 12, 12, ["("]),
        ("params.p IN ('a' |", 17, 17, [",", ")"]),
        ("(status = 'x' |", 14, 14, ["AND", "OR", ")"]),
        ("status = 'x' o|", 13, 14, ["OR"]),
        ("params.p IS |", 9, 12, ["IS NULL", "IS NOT NULL"]),
        ("params.p is no|", 9, 14, ["IS NOT NULL"]),
        ("params.p NOT |", 9, 13, ["NOT LIKE", "NOT ILIKE", "NOT IN", "NOT BETWEEN"]),
        ("status = = |", 11, 11, []),
        ("'x' |", 4, 4, []),
    ],
)
def test_what_comes_next_is_offered(text, start, end, candidates):
    """With the stretch of the text that a candidate replaces."""
    found = ask(text)
    assert (found.start, found.end) == (start, end)
    assert [candidate.text for candidate in found.candidates] == candidates


def test_comparators_are_those_of_the_field():
    """Metrics are not matched, and texts are not ordered."""
    assert "LIKE" not in offered("metrics.loss |")
    assert "<" not in offered("status |")
    assert {"LIKE", "<", "=~"} <= set(offered("params.lr |"))


def test_an_empty_filter_offers_everything():
    """Fields of ours first, then what was logged, then functions and relations."""
    found = offered("|")
    assert found[0] == "run_id"
    assert found.index("metrics.loss") < found.index("min(") < found.index("parent.")
    assert "NOT" in found
    assert offered("n|", "experiment")[0] == "name"


def test_candidates_say_how_many_runs_have_them():
    """And what a comparator or function means."""
    details = {one.text: one.detail for one in ask("|").candidates}
    assert details["params.model"] == "2,000 runs"
    assert details["metrics.`val loss`"] == "1 run"
    assert details["start_time"] == "time"
    assert "least" in details["min("]


def test_candidates_are_bounded():
    """A store may have thousands of keys."""

    class Many(Catalogue):
        def keys(self, entity, part):
            return [Known(f"{part}{entity}{i}") for i in range(10_000)]

    assert len(complete("m", 1, Many()).candidates) == MAX_CANDIDATES


def test_the_fault_is_the_parsers():
    """Its reason without the picture, and its place."""
    fault = find_fault("metrics.a > 1 XR metrics.b")
    assert fault is not None
    assert (fault.start, fault.end) == (14, 16)
    assert "\n" not in fault.message
    assert find_fault("") is find_fault("  ") is find_fault("metrics.a > 1") is None
    assert find_fault("x" * 30_000) is not None
    assert complete("x" * 30_000, 5, Catalogue()).candidates == []


@given(
    st.lists(
        st.sampled_from(
            ["metrics.loss", "params.", "'a'", "'", "`", "=", "IN", "(", ")", ",", "AND", "NOT",
             "IS", "min(", "now", "-", "7d", "start_time", "parent.", "lo", " ", "1", "BETWEEN"]
        ),
        max_size=8,
    ).map(" ".join),
    st.integers(0, 60),
)  # fmt: skip
def test_any_place_of_any_text_is_answered(text, cursor):
    """The stretch lies around the cursor, and what is offered fits there."""
    found = complete(text, cursor, Catalogue())
    assert 0 <= found.start <= min(cursor, len(text)) <= found.end <= len(text)


@pytest.mark.parametrize("text", ["lo|", "metrics.`val|", "tags.|", "st|", "parent.me|"])
def test_candidates_are_legal(text):
    """A field that is offered is one that the parser takes."""
    for candidate in ask(text).candidates:
        if not candidate.text.endswith((".", "(")):
            assert parse_filter(f"{candidate.text} IS NOT NULL", "run") is not None
