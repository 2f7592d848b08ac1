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
)

# Steps whose answer differs on purpose: the reason, and what ours is.
DELIBERATE: dict[str, tuple[str, dict[str, object]]] = {}

# What people's own tests match in messages; where MLflow says one of these, so do we.
PHRASES = (
    "Invalid clause(s) in filter string",
    "Invalid attribute key",
    "Invalid entity type",
    "Invalid comparator",
    "Expected a quoted string value",
    "Expected numeric value type",
    "Invalid order_by clause",
    "Invalid ordering key in order_by clause",
    "Invalid page token",
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
    missing = [
        f"{step}: {phrase!r} is missing in {ours[step].get('says')!r}"
        for step, answer in theirs.items()
        for phrase in PHRASES
        if phrase in answer.get("says", "")
        and phrase not in ours[step].get("says", "")
        and step not in DELIBERATE
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
