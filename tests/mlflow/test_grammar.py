"""Generated searches, told to MLflow's server and to ours over the same runs and experiments.

What MLflow accepts we answer alike, order included. What it refuses we refuse with the same code
or, where our language goes further, answer; neither is ever a server error. Left out on purpose:
`AND AND`, clauses and listed texts with nothing between, and `metrics. m`: slips of
the pen that MLflow reads as something else and we refuse; ILIKE beyond ASCII and minus infinity, which `test_client` compares.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

API = "/api/2.0/mlflow"
EXAMPLES = settings(
    max_examples=200,
    derandomize=True,  # the same searches each time: a failure is somebody's change, not chance
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

TEXTS = ["", "a", "A", "a_b", "aXb", "it's", "10", "9", "x y", "%", "RUNNING", "FINISHED"]
NUMBERS = ["0", "1", "-1", "1.5", ".5", "2.", "1e3", "-0", "+1", "1E-3", "0.1", "1e300"]
KEYS = ["m", "a.b", "`x y`", '"x/y"', "absent", "and", "`m`"]


def call(address, path, body):
    """Status and JSON of one request."""
    request = urllib.request.Request(
        f"{address}{API}/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        with refused:
            text = refused.read()
            return refused.code, json.loads(text) if text.startswith(b"{") else {}


def furnish(address):
    """Runs and experiments that differ in all that can be asked for; the id of the first one."""

    def make(path, body):
        status, answer = call(address, path, body)
        assert status == 200, answer
        return answer

    ids = []
    for number, name in enumerate(["grammar", "grammar a", "GRAMMAR_b", "grammar'c"]):
        made = make("experiments/create", {"name": name})["experiment_id"]
        ids.append(made)
        tags = {"team": TEXTS[number], **({"x y": "1"} if number % 2 else {})}
        for key, value in tags.items():
            body = {"experiment_id": made, "key": key, "value": value}
            make("experiments/set-experiment-tag", body)
    values = [0, 1, -1, 1.5, 0.1, 1000, "NaN", 1e300, 0.001, 2, "Infinity", 0.5]
    for number, text in enumerate(TEXTS):
        run = make(
            "runs/create",
            {
                "experiment_id": ids[0],
                "run_name": f"r{number:02}",
                "start_time": 5 * number % 12 + 4,  # ties are broken by ids, which differ
                "user_id": ["ada", "Bob", ""][number % 3],
            },
        )["run"]["info"]["run_id"]
        logged = ["m", "a.b", "x y", "x/y", "and"][: number % 5 + 1]
        body = {
            "run_id": run,
            "metrics": [
                {"key": key, "value": values[(number + place) % 12], "timestamp": 1, "step": 0}
                for place, key in enumerate(logged)
            ],
            "params": [
                {"key": key, "value": TEXTS[(number + place) % 12] or "-"}
                for place, key in enumerate(logged)
            ],
            "tags": [
                {"key": key, "value": TEXTS[(2 * number + place) % 12]}
                for place, key in enumerate(logged)
            ],
        }
        make("runs/log-batch", body)
        if number % 3 == 0:
            dataset = {"name": text or "d", "digest": f"d{number % 2}", "source": "{}"}
            dataset["source_type"] = "local"
            tags = [{"key": "mlflow.data.context", "value": "train" if number % 2 else "test"}]
            body = {"run_id": run, "datasets": [{"dataset": dataset, "tags": tags}]}
            make("runs/log-inputs", body)
        if number % 4 == 1:
            make("runs/update", {"run_id": run, "status": "FINISHED", "end_time": 20 + number})
    return ids[0]


@pytest.fixture(scope="session")
def furnished(servers):
    """For each server its address and the id of the experiment with the runs."""
    return {server: (address, furnish(address)) for server, address in servers.items()}


def quoted(text):
    return f'"{text}"' if "'" in text else f"'{text}'"


texts = st.sampled_from(TEXTS).map(quoted)
patterns = st.sampled_from(["'a%'", "'%'", "'_'", "'A_B'", "'%1%'", "''", "'a\\_b'", "'r0%'"])
numbers = st.sampled_from(NUMBERS)
comparators = st.sampled_from(["=", "!=", ">", ">=", "<", "<="])
equality = st.sampled_from(["=", "!="])
likeness = st.sampled_from(["LIKE", "ILIKE", "like", "iLike"])
nullness = st.sampled_from(["IS NULL", "IS NOT NULL", "is  null", "Is Not Null"])
memberships = st.sampled_from(["IN", "NOT IN", "in", "not in"])
lists = st.lists(texts, min_size=1, max_size=3).map(lambda found: f"({', '.join(found)})")
keys = st.sampled_from(KEYS)


def joined(*parts):
    return st.tuples(*(st.just(p) if isinstance(p, str) else p for p in parts)).map(" ".join)


def named(words, names):
    return st.tuples(st.sampled_from(words), names).map(".".join)


metrics = named(["metrics", "metric"], keys)
params = named(["params", "param", "parameter", "parameters"], keys)
tags = named(["tags", "tag"], st.sampled_from([*KEYS, "mlflow.runName"]))
datasets = named(["datasets", "dataset"], st.sampled_from(["name", "digest", "context"]))
prefixes = st.sampled_from(["", "attributes.", "attribute.", "attr.", "run."])


def own(*names):
    return st.tuples(prefixes, st.sampled_from(names)).map("".join)


words = own("run_name", "status", "user_id", "artifact_uri", "`Run name`", "`run name`")
times = own("start_time", "end_time", "created", "Created")

legal = st.one_of(
    joined(metrics, comparators, numbers),
    joined(params | tags, equality, texts),
    joined(params | tags, likeness, patterns),
    joined(params | tags, nullness),
    joined(words, equality, texts),
    joined(words, likeness, patterns),
    joined(times, comparators, st.sampled_from(["5", "10", "10.5", "0", "-1", "1e3", "25"])),
    joined(datasets, equality, texts),
    joined(datasets, likeness, patterns),
    joined(datasets, memberships, lists),
    joined(own("run_id"), memberships, lists),
)
# Any field with any comparator and any value: mostly refused by MLflow, sometimes not.
operators = comparators | likeness | st.sampled_from(["==", "<>", "~", "BETWEEN", "NOT LIKE"])
things = st.one_of(
    metrics, params, tags, datasets, words, times, st.sampled_from(["name", "foo.bar", "1", "'a'"])
)
strange = st.one_of(
    joined(things, operators, texts | numbers | st.sampled_from(["a", "`a`", "nan", "NULL"])),
    joined(things, nullness),
    joined(things, memberships, lists),
    joined(things, memberships, st.sampled_from(["()", "(1)", "'a'", "('a' OR 'b')", "(a)"])),
    st.sampled_from(["metrics.m", "metrics .m > 1", "metrics.m > 1;", "(metrics.m > 1)"]),
)
joints = st.sampled_from(
    [" AND ", " and ", "\nAnd\t", " OR ", " AND NOT ", " XOR ", ", ", " AND( "]
)
conjunctions = st.lists(legal, min_size=1, max_size=3).map(" AND ".join)
oddities = st.tuples(legal | strange, joints, legal | strange).map("".join)
oddities |= strange | st.sampled_from(["", " "])
orders = st.lists(
    st.tuples(
        st.one_of(metrics, params, tags, own("start_time", "end_time", "status", "run_name")),
        st.sampled_from(["", " ASC", " DESC", " desc"]),
    ).map("".join),
    max_size=2,
    unique_by=lambda clause: clause.split()[0].partition(".")[2] or clause.split()[0],
)


def agree(furnished, path, body, name):
    """Ask both servers; MLflow's answer, where it gives one, is ours."""
    answers = []
    for server in ("mlflow", "epochal"):
        address, experiment = furnished[server]
        asked = {**body, "experiment_ids": [experiment]} if path == "runs/search" else body
        answers.append(call(address, path, asked))
    (theirs, found), (ours, own_answer) = answers
    if theirs == 200:
        assert ours == 200, (body, own_answer)
        assert name(own_answer) == name(found), body
    else:
        assert ours in {200, 400}, (body, own_answer)
        if ours == 400:
            assert own_answer["error_code"] == "INVALID_PARAMETER_VALUE"
            assert own_answer["message"]
    return theirs, ours


def names_of_runs(answer):
    return [run["info"]["run_name"] for run in answer.get("runs", [])]


def names_of_experiments(answer):
    return [
        item["name"] for item in answer.get("experiments", []) if "ramm" in item["name"].lower()
    ]


@EXAMPLES
@given(conjunctions, orders)
def test_legal_searches_of_runs_agree(furnished, text, order_by):
    """Filters and orderings as MLflow's documentation has them."""
    body = {"filter": text, "order_by": order_by, "max_results": 100}
    agree(furnished, "runs/search", body, names_of_runs)


@EXAMPLES
@given(oddities)
def test_odd_searches_of_runs_agree(furnished, text):
    """Filters that are nearly right, most of which MLflow refuses."""
    agree(furnished, "runs/search", {"filter": text, "max_results": 100}, names_of_runs)


experiment_tags = named(["tags", "tag"], st.sampled_from(["team", "`x y`", "absent"]))
experiment_names = st.sampled_from(["name", "attribute.name"])
experiment_times = st.sampled_from(["creation_time", "attribute.last_update_time"])
upper = st.sampled_from(["LIKE", "ILIKE"])
experiment_patterns = st.sampled_from(["'gram%'", "'%'", "'%_b'", "'GRAMMAR_b'"])
experiment_clauses = st.one_of(
    joined(experiment_names, equality, st.sampled_from(["'grammar'", "'grammar a'", "'x'"])),
    joined(experiment_names, upper, experiment_patterns),
    joined(experiment_tags, equality, texts),
    joined(experiment_tags, upper, patterns),
    joined(experiment_tags, st.sampled_from(["IS NULL", "IS NOT NULL"])),
    joined(experiment_times, comparators, st.sampled_from(["0", "5", "99999999999999"])),
    joined("experiment_id", st.sampled_from(["NOT IN"]), st.just("('0', '999')")),
    joined("experiment_id", equality, st.sampled_from(["'0'", "'999'", "'x'", "1"])),
)
strange_of_experiments = joined(
    experiment_names | experiment_times | experiment_tags | st.sampled_from(["status", "x.y"]),
    operators,
    texts | numbers,
)


@EXAMPLES
@given(
    st.lists(experiment_clauses, min_size=1, max_size=3).map(" AND ".join)
    | strange_of_experiments,
    st.lists(
        st.sampled_from(["name", "name DESC", "experiment_id", "attribute.name ASC"]), max_size=1
    ),
)
def test_searches_of_experiments_agree(furnished, text, order_by):
    """The same grammar over experiments."""
    order_by = order_by or ["experiment_id ASC"]
    body = {"filter": text, "order_by": order_by, "max_results": 1000, "view_type": "ALL"}
    agree(furnished, "experiments/search", body, names_of_experiments)
