"""The grammar of filters and orderings, line by line."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epochal.errors import SearchSyntaxError, UnknownFieldError, from_wire
from epochal.search.lexer import MAX_LENGTH
from epochal.search.parser import (
    MAX_CLAUSES,
    MAX_DEPTH,
    MAX_ORDERINGS,
    parse_filter,
    parse_order_by,
)
from epochal.search.printer import to_order_by, to_text
from epochal.search.tree import And, Comparison, Field, Not, Or, OrderBy
from epochal.search.values import MAX_PATTERN_LENGTH

ACCEPTED_FOR_RUNS = [
    # entities and their aliases
    ("metrics.a > 1", "metrics.a > 1"),
    ("metrics.a > 1 AND", "metrics.a > 1"),  # MLflow's reading of an AND at the end
    ("metric.a > 1", "metrics.a > 1"),
    ("params.a = '1'", "params.a = '1'"),
    ("param.a = '1'", "params.a = '1'"),
    ("parameter.a = '1'", "params.a = '1'"),
    ("parameters.a = '1'", "params.a = '1'"),
    ("tags.a = '1'", "tags.a = '1'"),
    ("tag.a = '1'", "tags.a = '1'"),
    ("attributes.status = 'X'", "status = 'X'"),
    ("attribute.status = 'X'", "status = 'X'"),
    ("attr.status = 'X'", "status = 'X'"),
    ("run.status = 'X'", "status = 'X'"),
    ("status = 'X'", "status = 'X'"),
    ("dataset.name = 'x'", "datasets.name = 'x'"),
    ("datasets.digest != 'x'", "datasets.digest != 'x'"),
    ("datasets.context LIKE 'tr%'", "datasets.context LIKE 'tr%'"),
    ("dataset.name IN ('a', 'b')", "datasets.name IN ('a', 'b')"),
    ("dataset.name NOT IN ('a')", "datasets.name NOT IN ('a')"),
    # attributes and their aliases
    ("run_id = 'x'", "run_id = 'x'"),
    ("run_name ILIKE 'X'", "run_name ILIKE 'X'"),
    ("`Run name` = 'x'", "run_name = 'x'"),
    ("\"run name\" = 'x'", "run_name = 'x'"),
    ("attributes.`Run Name` = 'x'", "run_name = 'x'"),
    ("user_id != 'x'", "user_id != 'x'"),
    ("artifact_uri LIKE 's3:%'", "artifact_uri LIKE 's3:%'"),
    ("start_time >= 5", "start_time >= 5"),
    ("end_time <= 1.5", "end_time <= 1.5"),
    ("created > 5", "start_time > 5"),
    ("Created > 5", "start_time > 5"),
    # keys: only the first dot separates; quotes for anything but letters, digits, `_` and dots
    ("metrics.acc.max > 0.5", "metrics.acc.max > 0.5"),
    ("tags.mlflow.runName = 'x'", "tags.mlflow.runName = 'x'"),
    ("metrics.`x y` > 1", "metrics.`x y` > 1"),
    ('metrics."x/y" > 1', "metrics.`x/y` > 1"),
    ("tags.'x' = 'y'", "tags.x = 'y'"),
    ("`metrics`.a > 1", "metrics.a > 1"),
    ("`tags`.`x y` = 'z'", "tags.`x y` = 'z'"),
    ("tags.\"a`b\" = 'x'", "tags.`a``b` = 'x'"),
    ("tags.`'a``\"` = 'x'", "tags.`'a``\"` = 'x'"),
    ("metrics.1a > 1", "metrics.1a > 1"),
    ("metrics.ä > 1", "metrics.ä > 1"),
    ("tags.and = 'x'", "tags.and = 'x'"),
    ("tags.in = 'x'", "tags.in = 'x'"),
    # functions of metrics, in any case; a key may be named like one
    ("min(metrics.a) < 0.1", "min(metrics.a) < 0.1"),
    ("MAX(metric.a) > 1", "max(metrics.a) > 1"),
    ("Mean ( metrics.a )>=1", "mean(metrics.a) >= 1"),
    ("first(metrics.`val loss`) != 0", "first(metrics.`val loss`) != 0"),
    ("last(metrics.a) = 1", "metrics.a = 1"),
    ('count(metrics."x(y)") > 10', "count(metrics.`x(y)`) > 10"),
    ("last_step(metrics.a.min) <= 7", "last_step(metrics.a.min) <= 7"),
    ("min_step(metrics.a) < 1.5", "min_step(metrics.a) < 1.5"),
    ("max_step(`metrics`.a) = -3", "max_step(metrics.a) = -3"),
    ("metrics.min > 1", "metrics.min > 1"),
    ("metrics.min.max > 1", "metrics.min.max > 1"),
    ("metrics.`min(a)` > 1", "metrics.`min(a)` > 1"),
    ("params.count = '1'", "params.count = '1'"),
    ("min(metrics.a) < 1 AND max(metrics.a) > 2", "min(metrics.a) < 1 AND max(metrics.a) > 2"),
    # comparators and words of the language in any case
    ("params.p like 'a'", "params.p LIKE 'a'"),
    ("params.p iLike 'a'", "params.p ILIKE 'a'"),
    ("params.p is null", "params.p IS NULL"),
    ("tags.t Is  Not\n Null", "tags.t IS NOT NULL"),
    ("run_id in ('a')", "run_id IN ('a')"),
    ("run_id not in ('a',\"b\")", "run_id NOT IN ('a', 'b')"),
    ("run_id IN('a','b',)", "run_id IN ('a', 'b')"),
    ("metrics.a>1 and metrics.a<=2", "metrics.a > 1 AND metrics.a <= 2"),
    ("params.p = 'x' AND\n\ttags.q = 'y'", "params.p = 'x' AND tags.q = 'y'"),
    ("tags.a = 'x'AND tags.b = 'y'", "tags.a = 'x' AND tags.b = 'y'"),
    # numbers
    ("metrics.a = -1", "metrics.a = -1"),
    ("metrics.a = +1", "metrics.a = 1"),
    ("metrics.a = .5", "metrics.a = 0.5"),
    ("metrics.a = 5.", "metrics.a = 5.0"),
    ("metrics.a = 1e3", "metrics.a = 1000.0"),
    ("metrics.a = 1E-3", "metrics.a = 0.001"),
    ("metrics.a = 1e+300", "metrics.a = 1e300"),
    ("metrics.a < 1e400", "metrics.a < 1e400"),
    ("metrics.a > -1e400", "metrics.a > -1e400"),
    ("metrics.a > 99999999999999999999", "metrics.a > 1e20"),
    # texts: nothing escapes, the other quote is the way to write a quote
    ('params.p = "it\'s"', 'params.p = "it\'s"'),
    ("params.p = 'it''s'", "params.p = 'it''s'"),
    ("params.p = 'C:\\' AND params.q = 'x'", "params.p = 'C:\\' AND params.q = 'x'"),
    ("params.p = ''", "params.p = ''"),
    ("params.p = 'a AND b'", "params.p = 'a AND b'"),
    # what goes beyond MLflow: boolean structure; NOT binds before AND, AND before OR
    ("metrics.a>1 or metrics.b>1", "metrics.a > 1 OR metrics.b > 1"),
    (
        "metrics.a>1 OR metrics.b>1 AND metrics.c>1",
        "metrics.a > 1 OR metrics.b > 1 AND metrics.c > 1",
    ),
    (
        "(metrics.a>1 OR metrics.b>1) AND metrics.c>1",
        "(metrics.a > 1 OR metrics.b > 1) AND metrics.c > 1",
    ),
    ("metrics.a > 1 and(metrics.b>2)", "metrics.a > 1 AND metrics.b > 2"),
    ("((metrics.a > 1))", "metrics.a > 1"),
    ("NOT metrics.a > 1 AND metrics.b > 1", "NOT metrics.a > 1 AND metrics.b > 1"),
    ("not(metrics.a > 1 AND metrics.b > 1)", "NOT (metrics.a > 1 AND metrics.b > 1)"),
    ("NOT NOT metrics.a > 1", "metrics.a > 1"),
    (
        "metrics.a>1 AND (metrics.b>1 AND metrics.c>1)",
        "metrics.a > 1 AND metrics.b > 1 AND metrics.c > 1",
    ),
    # comparators for all
    ("params.p IN ('a')", "params.p IN ('a')"),
    ("params.p in (1, 2.5)", "params.p IN (1, 2.5)"),
    ("metrics.a NOT IN (1, 2)", "metrics.a NOT IN (1, 2)"),
    ("status IN ('RUNNING', 'FAILED')", "status IN ('RUNNING', 'FAILED')"),
    ("metrics.a between 1 AND 2 and metrics.b > 1", "metrics.a BETWEEN 1 AND 2 AND metrics.b > 1"),
    ("metrics.a NOT BETWEEN -1 AND 1e3", "metrics.a NOT BETWEEN -1 AND 1000.0"),
    ("params.p NOT LIKE 'a%'", "params.p NOT LIKE 'a%'"),
    ("params.p not ilike 'a%'", "params.p NOT ILIKE 'a%'"),
    ("params.p =~ '^a|b$'", "params.p =~ '^a|b$'"),
    ("run_name!~'x'", "run_name !~ 'x'"),
    ("metrics.a IS NULL", "metrics.a IS NULL"),
    ("min(metrics.a) IS NOT NULL", "min(metrics.a) IS NOT NULL"),
    ("end_time is not null", "end_time IS NOT NULL"),
    ("datasets.name IS NULL", "datasets.name IS NULL"),
    # numbers in params and tags
    ("params.lr < 0.01", "params.lr < 0.01"),
    ("tags.t = 1", "tags.t = 1"),
    ("params.lr BETWEEN 1e-4 AND 1e-2", "params.lr BETWEEN 0.0001 AND 0.01"),
    # times and durations
    ("start_time > '1970-01-02'", "start_time > 86400000"),
    ("start_time = '1970-01-02'", "start_time BETWEEN 86400000 AND 172799999"),
    ("start_time != '1970-01-01T00:01'", "start_time NOT BETWEEN 60000 AND 119999"),
    ("end_time <= '1970-01-01 01:00:01.5+01:00'", "end_time <= 1500"),
    ("created BETWEEN '1970-01-01' AND '1970-01-02'", "start_time BETWEEN 0 AND 172799999"),
    ("created > now - 7d", "start_time > now - 1w"),
    ("created > NOW-90m", "start_time > now - 90m"),
    ("end_time < now", "end_time < now"),
    ("end_time < now + 1h30m", "end_time < now + 90m"),
    ("duration > 90", "duration > 90"),
    ("duration > 2h", "duration > 7200"),
    ("duration BETWEEN '1h' AND 1.5h", "duration BETWEEN 3600 AND 5400"),
    ("duration < 1500ms", "duration < 1.5"),
    # what belongs to a run
    ("parent.run_name = 'sweep'", "parent.run_name = 'sweep'"),
    ("parent.`Run name` = 'sweep'", "parent.run_name = 'sweep'"),
    ("parent.run_id IS NULL", "parent.run_id IS NULL"),
    ("parent.metrics.`val loss` < 1", "parent.metrics.`val loss` < 1"),
    ("max(child.metrics.acc) > 0.9", "max(child.metrics.acc) > 0.9"),
    ("child.tags.`a b` = 'x'", "child.tags.`a b` = 'x'"),
    ("experiment.name LIKE 'x%'", "experiment.name LIKE 'x%'"),
    ("experiment.tags.team = 'data'", "experiment.tags.team = 'data'"),
    ("experiment.id IN ('1', '2')", "experiment.experiment_id IN ('1', '2')"),
    ("user = 'ada'", "user_id = 'ada'"),
    ("metrics.parent.x > 1", "metrics.parent.x > 1"),
]


@pytest.mark.parametrize(("text", "canonical"), ACCEPTED_FOR_RUNS)
def test_filters_over_runs_are_read(text, canonical):
    """Each spelling of the grammar means what its canonical spelling means."""
    tree = parse_filter(text, "run")
    assert tree is not None
    assert to_text(tree) == canonical
    assert parse_filter(canonical, "run") == tree


REFUSED_FOR_RUNS = [
    # joints and structure
    ("   ", 0, "Could not be parsed"),
    ("metrics.a > 1;", 13, "Invalid clause(s) in filter string: ';'"),
    ("metrics.a > 1; metrics.b > 1", 13, "Search filter contained multiple expression"),
    ("metrics.a > 1 OR", 16, "it ends too early, at character 16. A clause is missing"),
    ("(metrics.a > 1 AND", 18, "it ends too early, at character 18. A clause is missing"),
    ("metrics.a > 1 AND AND metrics.b > 1", 18, "A clause is missing there"),
    ("AND metrics.a > 1", 0, "Invalid clause(s) in filter string: 'AND'"),
    ("and", 0, "Invalid clause(s) in filter string: 'and'"),
    ("metrics.a > 1 metrics.b < 2", 14, "Invalid clause(s) in filter string: 'metrics.b'"),
    ("metrics.a > 1 -- comment", 14, "Invalid clause(s) in filter string"),
    ("status", 6, "Invalid clause(s) in filter string: it ends too early, at character 6"),
    ("status =", 8, "Invalid clause(s) in filter string: it ends too early, at character 8"),
    ("OR OR", 0, "Invalid clause(s) in filter string: 'OR'"),
    ("metrics.a > 1 OR OR metrics.b > 1", 17, "A clause is missing there"),
    ("NOT", 3, "A clause is missing there"),
    ("NOT AND metrics.a > 1", 4, "A clause is missing there"),
    ("()", 1, "A clause begins with a field"),
    ("(metrics.a > 1", 14, "The ( at character 0 is never closed"),
    ("metrics.a > 1)", 13, "It closes no parenthesis"),
    ("(metrics.a) > 1", 10, "A field is followed by a comparator"),
    ("metrics.a BETWEEN 1 OR 2", 20, "BETWEEN takes two values"),
    ("metrics.a BETWEEN 1", 19, "BETWEEN takes two values"),
    ("status = 'x' 'y'", 13, "Invalid clause(s) in filter string"),
    ("1 < metrics.m", 0, "Invalid clause(s) in filter string: '1'"),
    ("'x' = 'x'", 0, "Invalid clause(s) in filter string"),
    ("= 'x'", 0, "Invalid clause(s) in filter string"),
    ("tags.a IS 'x'", 7, "Invalid clause(s) in filter string: 'IS'"),
    ("tags.a ISNULL", 7, "Invalid clause(s) in filter string: 'ISNULL'"),
    ("metrics.a ! = 1", 10, "Invalid clause(s) in filter string"),
    ("params.p = 'a", 11, "never closed"),
    ("tags.`a = 'x'", 5, "never closed"),
    ("params.p = 'a''", 11, "never closed"),
    # fields
    ("name = 'x'", 0, "Invalid attribute key 'name' specified. Valid keys are"),
    ("metrics.a > 1 AND experiment_id = '0'", 18, "Invalid attribute key 'experiment_id'"),
    ("lifecycle_stage = 'active'", 0, "Invalid attribute key 'lifecycle_stage'"),
    ("Start_time > 1", 0, "Did you mean 'start_time'?"),
    ("rmse < 1", 0, "write metrics.rmse or params.rmse or tags.rmse"),
    ("`metrics.a` > 1", 0, "Quote the key alone: metrics.`a`"),
    ("datasets.foo = 'x'", 0, "Invalid dataset key 'foo' specified. Valid keys are"),
    ("foo.bar = 'x'", 0, "Invalid entity type 'foo'. Valid values are"),
    ("METRICS.a > 1", 0, "Did you mean 'metrics.a'?"),
    ("tags. = 'x'", 0, "Invalid clause(s) in filter string"),
    ("tags.`` = 'x'", 0, "Invalid clause(s) in filter string"),
    (".x = 'y'", 0, "Invalid clause(s) in filter string"),
    (".t IS NULL", 0, "Quote a key as a whole, behind its prefix"),
    ("tags. t LIKE 'x'", 0, "A prefix and its key are written without a space"),
    ("params.`` = 'x'", 0, "none is empty"),
    ("metrics.val-loss > 1", 11, "metrics.`val-loss`"),
    ("metrics.a-5 > 1", 9, "metrics.`a-5`"),
    ("params.a/b='x'", 8, "params.`a/b`"),
    ("tags.a.`b c` = 'x'", 0, "Quote a key as a whole"),
    # functions
    ("minn(metrics.a) < 1", 0, "did you mean 'min'? Known functions: last, first, min, max"),
    ("average(metrics.a) < 1", 0, "Unknown function 'average' at character 0 of filter string"),
    ("status = 'x' AND best(metrics.a) > 1", 17, "For example: min(metrics.loss)"),
    ("first_step(metrics.a) > 1", 0, "of filter string. Known functions: last, first, min"),
    ("argmax_step(metrics.a) > 1", 0, "For example: max_step(metrics.loss)"),
    ("min(params.a) < 1", 4, "'min' is a function of metrics, not of parameter 'a'"),
    ("MAX(start_time) < 1", 4, "For example: max(metrics.loss)"),
    ("min(loss) < 1", 4, "write metrics.loss"),
    ("min(foo.loss) < 1", 4, "Invalid entity type 'foo'"),
    ("min(metrics.a, metrics.b) < 1", 13, "one metric in parentheses: min(metrics.loss)"),
    ("min(metrics.a < 1", 14, "one metric in parentheses"),
    ("min(metrics.a", 13, "one metric in parentheses"),
    ("min() < 1", 4, "one metric in parentheses"),
    ("min('loss') < 1", 4, "one metric in parentheses"),
    ("min(max(metrics.a)) < 1", 4, "one metric in parentheses"),
    ("min(metrics.val-loss) < 1", 15, "metrics.`val-loss`."),
    ("min metrics.a < 1", 4, "A field is followed by a comparator"),
    ("metrics.min(a) < 1", 11, "A field is followed by a comparator"),
    ("min(metrics.a) < '1'", 17, "Expected numeric value type for metric"),
    # comparators
    ("metrics.a == 1", 10, "Did you mean '='?"),
    ("metrics.a <> 1", 10, "Did you mean '!='?"),
    ("params.p REGEXP 'a'", 9, "Did you mean '=~'?"),
    ("params.p > '1'", 11, "leave the quotes out. For example: params.p > 1"),
    ("params.p BETWEEN 'a' AND 'b'", 17, "Invalid comparator 'BETWEEN'"),
    ("params.p LIKE 1", 14, "Expected a quoted string value for parameter 'p'"),
    ("status > 'a'", 7, "Invalid comparator '>'"),
    ("metrics.a =~ '1'", 10, "Invalid comparator '=~'"),
    ("params.p = ~ 'a'", 11, "Got value ~"),
    ("params.p RLIKE 'a'", 9, "Invalid comparator 'RLIKE'"),
    ("start_time LIKE '1'", 11, "Invalid comparator 'LIKE'"),
    ("datasets.name > 'a'", 14, "Invalid comparator '>'"),
    # values
    ("metrics.a > '1'", 12, "Expected numeric value type for metric"),
    ("start_time > '1'", 13, "Expected numeric value type for numeric attribute: start_time"),
    ("start_time > '2026-13-01'", 13, "a date such as '2026-11-01'"),
    ("start_time > 2026-11-01", 13, "write a date in quotes: '2026-11-01'"),
    ("start_time > now - 7", 19, "a distance from now has a unit"),
    ("start_time > now -7", 17, "give a unit"),
    ("start_time > yesterday", 13, "or a distance such as now - 7d"),
    ("start_time IN ('2026-11-01')", 15, "write = or BETWEEN instead of IN"),
    ("duration > 2y", 11, "a duration such as 90s, 2h or 1h30m"),
    ("duration > now", 11, "a duration such as 90s, 2h or 1h30m"),
    ("metrics.a > now", 12, "Expected numeric value type for metric 'a'"),
    ("params.p =~ 'a('", 14, "the group is never closed"),
    ("params.p !~ '(?=a)'", 15, "no look-arounds"),
    ("parent. = 'x'", 0, "'parent.' is followed by a field"),
    ("parent.name = 'x'", 0, "Did you mean 'run_name'?"),
    ("parent.metrics.a-b > 1", 16, "parent.metrics.`a-b`."),
    ("experiment.run_name = 'x'", 0, "Invalid attribute key 'run_name'"),
    ("experiment.metrics.a > 1", 0, "Invalid entity type 'metrics'"),
    ("parent.child.run_id = 'x'", 0, "only one of parent, child, experiment, model stands before"),
    ("parent.parent.metrics.a > 1", 0, "For example: parent.run_name = 'sweep'"),
    ("child.child.run_id = 'x'", 0, "so it is a field of the child itself"),
    ("parent.experiment.name = 'x'", 0, "Invalid field 'parent.experiment.name'"),
    ("experiment.parent.run_id = 'x'", 0, "Invalid field 'experiment.parent.run_id'"),
    ("parnt.run_name = 'x'", 0, "Did you mean 'parent.run_name'?"),
    ("metrics.a > 0AND metrics.b > 1", 12, "Found 0AND"),
    ("metrics.a > 0x10", 12, "Found 0x10"),
    ("metrics.a > 1_000", 12, "Found 1_000"),
    ("metrics.a > 1e", 12, "Found 1e"),
    ("metrics.a > nan", 12, "Found nan"),
    ("metrics.a > - 5", 12, "Found -"),
    ("metrics.a > ٣", 12, "Found ٣"),
    ("params.p = A", 11, "Got value A"),
    ("tags.a = `x`", 9, "Expected a quoted string value for tag 'a'"),
    ("run_id IN ()", 11, "expected a non-empty list of string values"),
    ("run_id IN ('a', 1)", 16, "While parsing a list in the query"),
    ("params.p IN ('a', 1)", 18, "While parsing a list in the query"),
    ("metrics.a IN ('a')", 14, "Expected numeric value type for metric 'a'"),
    ("metrics.a IN (1", 15, "The list is never closed: (1, 2)"),
    ("run_id IN ('a' 'b')", 15, "While parsing a list in the query"),
    ("run_id IN (a)", 11, "While parsing a list in the query"),
    ("run_id IN 'a'", 10, "IN is followed by a list"),
    ("run_id IN ('a'", 14, "never closed"),
    ("params.p = 'a\x00b'", 13, "not allowed in text"),
    ("params.p = '\ud800'", 12, "not allowed in text"),
]


@pytest.mark.parametrize(("text", "position", "message"), REFUSED_FOR_RUNS)
def test_faulty_filters_are_refused_with_their_place(text, position, message):
    """The error says what is wrong and at which character."""
    with pytest.raises(SearchSyntaxError, match=re.escape(message)) as caught:
        parse_filter(text, "run")
    assert caught.value.position == position
    assert caught.value.status == 400
    assert caught.value.error_code == "INVALID_PARAMETER_VALUE"


@pytest.mark.parametrize("text", ["", None])
def test_no_filter_is_no_tree(text):
    """An absent filter and an empty one demand nothing."""
    assert parse_filter(text, "run") is None


def test_one_clause_is_a_comparison_and_more_are_a_conjunction():
    """The tree is as flat as the text, in the text's order."""
    one = Comparison(Field("metric", "a"), ">", 1)
    two = Comparison(Field("attribute", "run_id"), "IN", ("x", "y"))
    assert parse_filter("metrics.a > 1", "run") == one
    assert parse_filter("metrics.a > 1 AND run_id IN ('x','y')", "run") == And((one, two))
    assert parse_filter("NOT (metrics.a > 1 OR run_id IN ('x','y'))", "run") == Not(Or((one, two)))


def test_numbers_keep_their_kind():
    """Integers of 64 bits stay exact, anything else is a double, beyond it an infinity."""

    def value(text):
        tree = parse_filter(f"start_time = {text}", "run")
        assert isinstance(tree, Comparison)
        return tree.value

    assert value("9007199254740993") == 9007199254740993
    assert isinstance(value("9223372036854775807"), int)
    assert isinstance(value("9223372036854775808"), float)
    assert value("1e400") == math.inf
    assert value("9" * 10_000) == math.inf


ACCEPTED_FOR_EXPERIMENTS = [
    "name = 'x'",
    "name != 'x'",
    "name LIKE 'x%'",
    "name ILIKE 'x%'",
    "experiment_id = '1'",
    "experiment_id != '1'",
    "experiment_id IN ('1', '2')",
    "experiment_id NOT IN ('1')",
    "creation_time > 1",
    "last_update_time <= -1",
    "tags.a = 'x'",
    "tags.a IS NULL",
    "tags.`a b` IS NOT NULL",
    "name = 'x' AND tags.a LIKE 'y'",
    "name IN ('x') OR name IS NULL",
    "NOT name =~ '^x'",
    "tags.a IN ('x')",
    "tags.a > 1.5",
    "creation_time > now - 3d",
]


@pytest.mark.parametrize("text", ACCEPTED_FOR_EXPERIMENTS)
def test_filters_over_experiments_are_read(text):
    """Experiments have a smaller table of fields; the canonical spelling is read as it is."""
    tree = parse_filter(text, "experiment")
    assert tree is not None
    assert to_text(tree) == text


def test_experiments_take_the_singular_prefixes():
    """`attribute.` and `tag.` are accepted; `attributes.` is not, as with MLflow."""
    assert parse_filter("attribute.name = 'x'", "experiment") == parse_filter(
        "name = 'x'", "experiment"
    )
    assert parse_filter("tag.a = 'x'", "experiment") == parse_filter("tags.a = 'x'", "experiment")


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("attributes.name = 'x'", 0, "Invalid entity type 'attributes'"),
        ("metrics.a > 1", 0, "Invalid entity type 'metrics'"),
        ("min(metrics.a) > 1", 0, "There are no functions in a search of experiments"),
        ("lifecycle_stage = 'active'", 0, "Invalid attribute key 'lifecycle_stage'"),
        ("name > 'x'", 5, "Invalid comparator '>'"),
        ("experiment_id = 1", 16, "Expected a quoted string value"),
        ("experiment_id = 'x'", 16, "must be a valid integer"),
        ("experiment_id IN ('1', 'x')", 23, "must be a valid integer"),
        ("experiment_id > '1'", 14, "Invalid comparator '>'"),
        ("experiment_id LIKE '1'", 14, "Invalid comparator 'LIKE'"),
        ("creation_time > 1.5", 16, "Invalid value for numeric attribute 'creation_time': '1.5'"),
        ("creation_time > 1e3", 16, "Invalid value for numeric attribute"),
        ("creation_time > '1'", 16, "Expected numeric value type for numeric attribute"),
        ("creation_time > 99999999999999999999", 16, "Invalid value for numeric attribute"),
    ],
)
def test_faulty_filters_over_experiments_are_refused(text, position, message):
    """The same errors, from the experiments' table of fields."""
    with pytest.raises(SearchSyntaxError, match=re.escape(message)) as caught:
        parse_filter(text, "experiment")
    assert caught.value.position == position


def test_an_unknown_field_survives_the_wire():
    """A client rebuilds the same error, with the field and the known ones."""
    with pytest.raises(UnknownFieldError) as caught:
        parse_filter("metrics.a > 1 AND datasets.nam = 'x'", "run")
    payload = {"error_class": "UnknownFieldError", "details": caught.value.details}
    again = from_wire(payload, 400)
    assert isinstance(again, UnknownFieldError)
    assert (again.field, again.position, again.message) == ("nam", 18, caught.value.message)
    assert again.details == caught.value.details
    assert "Did you mean 'name'?" in again.message


def test_every_error_shows_what_would_be_right():
    """The example in a message is itself a legal filter."""
    for text in (
        "metrics.a BETWEEN 1",
        "params.p > '1'",
        "params.p =~ '['",
        "minn(metrics.a) < 1",
    ):
        with pytest.raises(SearchSyntaxError) as caught:
            parse_filter(text, "run")
        example = caught.value.reason.rpartition("For example: ")[2]
        filter_text = example if " " in example else f"{example} > 1"
        assert parse_filter(filter_text, "run") is not None


def test_an_error_points_at_its_place():
    """The text stands below the message, and carets below the token that is wrong."""
    with pytest.raises(SearchSyntaxError) as caught:
        parse_filter("metrics.a > 1\nAND rnu_name = 'x'", "run")
    error = caught.value
    assert error.message == (
        f"{error.reason}\n  metrics.a > 1 AND rnu_name = 'x'\n                    ^^^^^^^^"
    )
    assert str(error) == error.message
    assert (error.position, error.end) == (18, 26)
    with pytest.raises(SearchSyntaxError) as caught:
        parse_order_by(["start_time DESC", "metrics.a down"], "run")
    assert caught.value.message.endswith("  metrics.a down\n            ^^^^")


def test_a_long_text_is_shown_around_the_fault():
    """A line of carets fits a terminal, however long the filter is."""
    text = " AND ".join(["metrics.a > 1"] * 30) + " XOR " + " AND ".join(["metrics.a > 1"] * 30)
    with pytest.raises(SearchSyntaxError) as caught:
        parse_filter(text, "run")
    shown, carets = caught.value.message.splitlines()[-2:]
    assert len(shown) <= 80
    assert shown[1] == shown[-1] == "…"
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "XOR"


@pytest.mark.parametrize("opening", ["(", "NOT ", "NOT("])
def test_nesting_is_bounded(opening):
    """Deep filters are read to a limit and then refused by name, not by a stack that ends."""
    levels = opening.count("(") + opening.count("NOT")

    def nested(depth):
        return opening * depth + "metrics.a > 1" + ")" * (opening.count("(") * depth)

    assert parse_filter(nested(MAX_DEPTH // levels), "run") is not None
    with pytest.raises(SearchSyntaxError, match=f"more than {MAX_DEPTH} levels deep"):
        parse_filter(nested(2_000), "run")


def test_a_long_filter_is_answered():
    """150 clauses on one name and 500 in all are fine."""
    text = " AND ".join(f"run_name != 'n{i}'" for i in range(MAX_CLAUSES))
    tree = parse_filter(text, "run")
    assert isinstance(tree, And)
    assert len(tree.parts) == MAX_CLAUSES


@pytest.mark.parametrize(
    "text",
    [
        " AND ".join(["params.p = 'x'"] * (MAX_CLAUSES + 1)),
        f"params.p = '{'x' * MAX_LENGTH}'",
        f"params.p LIKE '{'x' * (MAX_PATTERN_LENGTH + 1)}'",
    ],
)
def test_what_is_beyond_the_bounds_is_refused(text):
    """Clauses, characters and the length of a pattern are bounded."""
    with pytest.raises(SearchSyntaxError, match="allowed"):
        parse_filter(text, "run")


_WORDS = [
    *("AND", "OR", "NOT", "IN", "BETWEEN", "IS", "NULL", "LIKE", "(", ")", ",", "=", "=~", "!~"),
    *("<", "metrics.a", "params.p", "start_time", "duration", "parent.", "child.tags.`x y`"),
    *("now", "-", "7d", "1", "'a'", "'2026-11-01'", "'(a'", "min(", "experiment.name", "`"),
]


@given(
    st.text(max_size=60)
    | st.text("metrics.apn`'\"() <>=!~ANDILKEOR1.5,;-", max_size=60)
    | st.lists(st.sampled_from(_WORDS), max_size=12).map(" ".join)
    | st.lists(st.sampled_from(_WORDS), max_size=12).map("".join)
)
def test_any_text_is_read_or_refused(text):
    """Nothing but SearchSyntaxError ever comes out of the parser, and its place is in the text."""
    for kind in ("run", "experiment"):
        for read in (parse_filter, lambda clause, kind: parse_order_by([clause], kind)):
            try:
                read(text, kind)
                position = 0
            except SearchSyntaxError as error:
                position = error.position
            assert 0 <= position <= len(text)


@pytest.mark.parametrize(
    ("clause", "canonical"),
    [
        ("metrics.a", "metrics.a ASC"),
        ("metrics.a asc", "metrics.a ASC"),
        ("metrics.a Desc", "metrics.a DESC"),
        ("metrics.acc.max DESC", "metrics.acc.max DESC"),
        (" start_time  desc ", "start_time DESC"),
        ("attribute.start_time", "start_time ASC"),
        ("created", "start_time ASC"),
        ("Created DESC", "start_time DESC"),
        ("params.`a b` asc", "params.`a b` ASC"),
        ('tags."a b" desc', "tags.`a b` DESC"),
        ("metrics.desc", "metrics.desc ASC"),
        ("min(metrics.a) DESC", "min(metrics.a) DESC"),
        ("LAST(metrics.a)", "metrics.a ASC"),
        ("Min_Step( metrics.`a b` )asc", "min_step(metrics.`a b`) ASC"),
        ("run_id", "run_id ASC"),
        ("run_name", "run_name ASC"),
        ("status", "status ASC"),
        ("user_id", "user_id ASC"),
        ("artifact_uri", "artifact_uri ASC"),
        ("end_time", "end_time ASC"),
    ],
)
def test_orderings_of_runs_are_read(clause, canonical):
    """One field an element, ascending unless it says otherwise."""
    (ordering,) = parse_order_by([clause], "run")
    assert to_order_by(ordering) == canonical


@pytest.mark.parametrize(
    ("clause", "position", "message"),
    [
        ("", 0, "Invalid order_by clause ''. Could not be parsed"),
        ("  ", 2, "Invalid order_by clause '  '. Could not be parsed"),
        ("metrics.a foo", 10, "Invalid ordering key in order_by clause 'metrics.a foo'"),
        ("Run name", 4, "Invalid ordering key in order_by clause 'Run name'"),
        ("`Run name`", 0, "Invalid attribute key 'Run name' specified"),
        ("metrics.a asc, metrics.b", 13, "Invalid order_by clause"),
        ("metrics.a, metrics.b", 9, "Invalid order_by clause"),
        ("start_time desc desc", 16, "Invalid order_by clause"),
        ("start_time NULLS LAST", 11, "Invalid order_by clause"),
        ("start_time desc;", 15, "Invalid order_by clause"),
        ("lifecycle_stage", 0, "Invalid attribute key 'lifecycle_stage'"),
        ("datasets.name", 0, "Invalid order_by entity: dataset"),
        ("foo.x", 0, "Invalid entity type 'foo'"),
        ("metrics.", 0, "Invalid clause(s) in order_by clause"),
        ("bogus", 0, "Invalid attribute key 'bogus' specified"),
        ("parent.run_name", 0, "Invalid order_by entity: attribute of parent"),
        ("metrics.a-b desc", 9, "metrics.`a-b`"),
        ("mim(metrics.a)", 0, "Unknown function 'mim' at character 0 of order_by clause"),
        ("min(metrics.a", 13, "one metric in parentheses"),
        ("min(tags.a) desc", 4, "'min' is a function of metrics, not of tag 'a'"),
    ],
)
def test_faulty_orderings_are_refused(clause, position, message):
    """The error quotes the clause and the character within it."""
    with pytest.raises(SearchSyntaxError, match=re.escape(message)) as caught:
        parse_order_by([clause], "run")
    assert caught.value.position == position


@pytest.mark.parametrize(
    "clauses",
    [
        ["start_time", "start_time DESC"],
        ["created", "attr.start_time"],
        ["metrics.a", "metrics.`a` desc"],
        ["metrics.a", "last(metrics.a) desc"],
        ["min(metrics.a)", "MIN(metric.a) desc"],
    ],
)
def test_runs_are_ordered_by_a_field_once(clauses):
    """The same field twice is refused, whatever its spellings."""
    with pytest.raises(SearchSyntaxError, match="`order_by` contains duplicate fields"):
        parse_order_by(clauses, "run")


def test_experiments_are_ordered_by_their_attributes():
    """Tags do not order experiments; repeats are harmless there, as with MLflow."""
    parsed = parse_order_by(["name DESC", "name", "attribute.creation_time"], "experiment")
    assert parsed[0] == OrderBy(Field("attribute", "name"), descending=True)
    with pytest.raises(SearchSyntaxError, match="Invalid order_by entity: tag"):
        parse_order_by(["tags.a"], "experiment")


def test_orderings_are_bounded():
    """More clauses than a database can join are refused."""
    clauses = [f"metrics.m{i}" for i in range(MAX_ORDERINGS + 1)]
    assert len(parse_order_by(clauses[1:], "run")) == MAX_ORDERINGS
    with pytest.raises(SearchSyntaxError, match="at most 32"):
        parse_order_by(clauses, "run")


@pytest.mark.parametrize("name", ["nam", "creatd"])
def test_each_field_is_listed_once(name):
    """Other spellings of it are understood and need no mention."""
    with pytest.raises(UnknownFieldError) as caught:
        parse_filter(f"{name} = 'x'", "run")
    assert caught.value.details["known"] == [
        "run_id",
        "run_name",
        "status",
        "user_id",
        "artifact_uri",
        "start_time",
        "end_time",
        "duration",
    ]
