"""The genuine client, 3.x and 2.x, tells the same script to MLflow's server and to ours."""

from __future__ import annotations

import re

import pytest

from fixtures.answers import comparable, difference

JOURNEYS = (
    "experiments",
    "experiment_search",
    "runs",
    "params",
    "metrics",
    "run_search",
    "datasets",
    "artifacts",
    "fluent",
    "registered_models",
    "model_versions",
    "registry_search",
    "registering",
)

# Steps whose answer differs on purpose: the reason, and what ours is.
REFUSED: dict[str, object] = {"error": "INVALID_PARAMETER_VALUE"}
DELIBERATE: dict[str, tuple[str, dict[str, object]]] = {
    "experiment_search: filter name ILIKE 'find-ä%'": (
        "ILIKE ignores the case of all letters, not of the English ones alone",
        {"answer": ["client-find-Änne"]},
    ),
    "run_search: filter params.p ILIKE 'Ä'": (
        "the same; MLflow's answer depends on its database",
        {"answer": ["run 6"]},
    ),
    "run_search: filter metrics.m > -1e400": (
        "minus infinity is kept as it is and is not greater than itself; MLflow keeps -1.8e308",
        {"answer": ["run 6", "run 4", "run 1", "run 0"]},
    ),
    "run_search: filter metrics.m > 0 AND AND metrics.m < 1": (
        "a doubled AND is a slip of the pen that may hide a missing clause",
        REFUSED,
    ),
    "model_versions: archiving for none": (
        "a slip of the caller is a bad request and not a failure of the server",
        REFUSED,
    ),
    "metrics: history of NaN among equals": (
        "NaN comes after the numbers of its step and time; MLflow sorts it as the 0 it stores",
        {"answer": [-4.0, 4.0, "nan"]},
    ),
}

# What MLflow refuses and our language answers: it goes further, and nothing else of it changed.
FURTHER: dict[str, list[str]] = {
    "experiment_search: filter name IN ('a')": [],
    "experiment_search: filter name LIKE 'a' OR name LIKE 'b'": [],
    "experiment_search: filter (name = 'a')": [],
    "run_search: filter metrics.m IS NULL": ["run 3"],
    "run_search: filter params.p = 1": ["run 0"],
    "run_search: filter params.p IN ('1')": ["run 0"],
    "run_search: filter tags.i = 3": ["run 3"],
    "run_search: filter tags.i IN ('1','2')": ["run 2", "run 1"],
    "run_search: filter tags.i NOT LIKE '1'": [f"run {i}" for i in (6, 5, 4, 3, 2, 0)],
    "run_search: filter status IN ('FAILED')": ["run 2"],
    "run_search: filter start_time IS NULL": [],
    "run_search: filter metrics.m > 0 OR metrics.m < 0": [f"run {i}" for i in (6, 5, 4, 1, 0)],
    "run_search: filter NOT metrics.m > 0": ["run 6", "run 5", "run 3", "run 2"],
    "run_search: filter (metrics.m > 0)": ["run 4", "run 1", "run 0"],
    "run_search: filter metrics.m BETWEEN 0 AND 1": ["run 0"],
    "registry_search: models by ['creation_timestamp']": ["client-taxi", "client-bus"],
}
DELIBERATE |= {
    step: ("MLflow refuses what our language answers", {"answer": answer})
    for step, answer in FURTHER.items()
}

# What people's own tests match in messages. Where MLflow says one of these, so do we; of the
# phrases about searches any will do, as one slip can often be named in two ways.
SEARCH_PHRASES = (
    "Invalid clause(s) in filter string",
    "Invalid attribute key",
    "Invalid entity type",
    "Invalid comparator",
    "Expected a quoted string value",
    "Expected numeric value type",
    "Invalid order_by clause",
    "Invalid ordering key in order_by clause",
    "Invalid page token",
)
PHRASES = (
    "Changing param values is not allowed",
    "must be in the 'active' state",
    "already exists",
    "exceeds the maximum length of",
)


@pytest.fixture(scope="session")
def compared(tellings):
    """For each client, the normalised answers of both servers."""
    return {
        client: tuple(
            comparable(tellings[client, server]["answers"]) for server in ("mlflow", "epochal")
        )
        for client in ("3.x", "2.x")
    }


@pytest.mark.parametrize("client", ["3.x", "2.x"])
def test_clients_are_the_genuine_ones(tellings, client):
    """Each telling was done by the generation of MLflow that it is named after."""
    for server in ("mlflow", "epochal"):
        assert re.match(client[0] + r"\.\d+\.\d+$", tellings[client, server]["version"])


@pytest.mark.parametrize("client", ["3.x", "2.x"])
@pytest.mark.parametrize("journey", JOURNEYS)
def test_answers_are_the_same(compared, client, journey):
    """Every step of a journey gets the same answer, or the same error code, from both servers."""
    theirs, ours = compared[client]
    steps = [step for step in theirs if step.startswith(f"{journey}: ")]
    assert steps, "the journey has no steps"
    assert steps == [step for step in ours if step.startswith(f"{journey}: ")]
    different = [
        difference(step, theirs[step], ours[step])
        for step in steps
        if theirs[step] != ours[step] and step not in DELIBERATE
    ]
    assert not different, f"{len(different)} of {len(steps)} differ:\n" + "\n".join(different)


@pytest.mark.parametrize("client", ["3.x", "2.x"])
@pytest.mark.parametrize("step", sorted(DELIBERATE))
def test_deliberate_differences(compared, client, step):
    """Where we differ on purpose, the reason is written down and the answer is the better one."""
    theirs, ours = compared[client]
    _reason, expected = DELIBERATE[step]
    assert ours[step] == expected
    assert theirs[step] != expected, "MLflow answers alike now: this is no difference any more"


@pytest.mark.parametrize("client", ["3.x", "2.x"])
def test_messages_keep_the_phrases_people_match(tellings, client):
    """An error message that people match on says the same on both servers."""
    theirs, ours = (tellings[client, server]["answers"] for server in ("mlflow", "epochal"))
    missing: list[str] = []
    for step, answer in theirs.items():
        if step in FURTHER:
            continue  # ours is no error, and so has no message
        said, says = answer.get("says", ""), ours[step].get("says", "")
        wanted = [phrase for phrase in PHRASES if phrase in said]
        if any(phrase in said for phrase in SEARCH_PHRASES):
            wanted += [phrase for phrase in SEARCH_PHRASES if phrase in says] or ["a class"]
        missing += [
            f"{step}: {phrase!r} not in {says!r}" for phrase in wanted if phrase not in says
        ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("client", ["3.x", "2.x"])
def test_nothing_of_the_inside_leaks(tellings, client):
    """No message of ours shows SQL text, a driver's name or a traceback."""
    inside = re.compile(r"sqlite3\.|psycopg|SELECT |INSERT |Traceback|IntegrityError")
    leaks = [
        f"{step}: {answer['says']}"
        for step, answer in tellings[client, "epochal"]["answers"].items()
        if inside.search(answer.get("says", ""))
    ]
    assert not leaks
