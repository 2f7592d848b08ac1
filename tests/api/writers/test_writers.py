"""GET and POST runs/writers, and POST log/delivered, our own."""

import pytest

OURS = "/api/epochal/v1/"


def report(run, **changes):
    return {
        "run_id": run, "writer": "w1", "state": "ok", "waiting": 3, "host": "node1", "pid": 42,
        **changes,
    }  # fmt: skip


def note(api, *reports):
    return api.post("runs/writers", {"writers": list(reports)}, OURS)


def seen(api, run):
    return api.get("runs/writers", OURS, run_id=run).json["writers"]


def test_the_newest_report_of_each_writer_is_shown(api, run):
    """By rank, those without one last; runs that nobody knows are passed over."""
    assert seen(api, run) == []
    answer = note(
        api, report(run, writer="w2"), report(run, rank=1, state="lagging"), report("f" * 32)
    )
    assert answer.status == 200
    note(api, report(run, rank=1, state="ok", waiting=0))
    first, second = seen(api, run)
    assert first.pop("seen_ms") > 0
    assert first == {
        "writer": "w1", "rank": 1, "state": "ok", "waiting": 0, "host": "node1", "pid": 42,
    }  # fmt: skip
    assert (second["writer"], second["rank"]) == ("w2", None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"run_id": "../x"}, {"writer": ""}, {"writer": "w" * 129}, {"state": "fine"},
        {"waiting": -1}, {"rank": -1}, {"host": "h" * 256}, {"pid": "x"}, {"waiting": 2**63},
    ],
)  # fmt: skip
def test_what_no_writer_would_say_is_refused(api, run, wrong):
    """Each is a 400, and nothing of the message is kept."""
    answer = note(api, report(run), report(run, **wrong))
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")
    assert seen(api, run) == []


def test_a_run_has_to_be_named(api):
    """And an unknown one has no writers."""
    assert api.get("runs/writers", OURS).error == (400, "INVALID_PARAMETER_VALUE")
    assert seen(api, "0" * 32) == []


def test_too_many_at_once_are_refused(api, run):
    """A message names a thousand writers at most."""
    many = [report(run, writer=f"w{n}") for n in range(1001)]
    assert note(api, *many).error == (400, "INVALID_PARAMETER_VALUE")
    names = [f"w{n}" for n in range(1001)]
    answer = api.post("log/delivered", {"writers": names}, OURS)
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")


def test_how_far_writers_have_come(api, run):
    """The last sequence of those that delivered; others are left out."""
    batch = {"writer": "far", "sequence": 17, "run_id": run, "params": {"a": "1"}}
    assert api.post("log", batch, OURS).status == 200
    answer = api.post("log/delivered", {"writers": ["far", "never"]}, OURS)
    assert answer.json == {"delivered": {"far": 17}}
    assert api.post("log/delivered", {"writers": [""]}, OURS).error[0] == 400
