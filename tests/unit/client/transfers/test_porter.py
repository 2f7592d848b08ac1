"""Threads that carry files."""

from __future__ import annotations

import io
import itertools
import threading

import pytest

from epochal.client.local_files import LocalFiles
from epochal.client.transfers import porter as porters
from epochal.client.transfers.porter import Porter
from epochal.errors import PermissionDeniedError, UnavailableError


class Place:
    """Where files of runs go, and what stands in the way now and then."""

    def __init__(self, folder) -> None:
        self.folder = folder
        self.faults: list[Exception] = []
        self.gate = threading.Event()
        self.gate.set()
        self.asked = 0

    def files_of(self, run_id):
        assert self.gate.wait(10)
        self.asked += 1
        if self.faults:
            raise self.faults.pop(0)
        return LocalFiles(str(self.folder / run_id))

    def read(self, path, run_id="run"):
        return (self.folder / run_id / path).read_bytes()


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path / "store")


@pytest.fixture
def porter(place, tmp_path, monkeypatch):
    monkeypatch.setattr(porters, "FIRST_RETRY_S", 0.01)
    (tmp_path / "writer/parcels").mkdir(parents=True)
    made = Porter(
        "store",
        lambda: str(tmp_path / "writer/parcels"),
        str(tmp_path / "refused"),
        place.files_of,
    )
    yield made
    place.gate.set()
    made.stop()


def left(tmp_path):
    return sorted(file.name for file in (tmp_path / "writer/parcels").iterdir())


def test_everything_arrives_and_nothing_stays(porter, place, tmp_path):
    """Small and long ones, of several runs."""
    for number in range(50):
        porter.accept_bytes(f"run{number % 2}", f"d/{number}", b"%d" % number)
    porter.accept_small("run0", [("x", b"1"), ("y", b"2")])
    data = b"x" * 1_000_000
    porter.accept_file("run0", "long", io.BytesIO(data), len(data))
    assert porter.flush(20)
    assert place.read("d/8", "run0") == b"8"
    assert place.read("y", "run0") == b"2"
    assert place.read("long", "run0") == data
    assert left(tmp_path) == []
    porter.accept_small("run0", [])
    assert porter.flush(0)


def test_last_version_stays(porter, place, tmp_path):
    """However the threads come along, of one artifact what was logged last is there."""
    place.gate.clear()
    for number in range(100):
        porter.accept_bytes("run", "a", b"%d" % number)
    assert len(left(tmp_path)) <= 2  # the one under way and the newest
    assert porter.carries("run", "a")
    place.gate.set()
    assert porter.flush(20)
    assert place.read("a") == b"99"
    assert not porter.carries("run", "a")


def test_passing_faults_are_waited_for(porter, place, caplog):
    """A store that is away gets everything when it is back; one warning tells of it."""
    place.faults = [UnavailableError("away") for _ in range(3)]
    porter.accept_bytes("run", "a", b"x")
    porter.accept_bytes("run", "b", b"x")
    assert porter.flush(20, persist=True)
    assert place.read("a") == place.read("b") == b"x"
    assert caplog.text.count("cannot be sent to store: away") >= 1


def test_flush_gives_up_on_a_failure(porter, place, tmp_path):
    """Without patience it returns with the first failed attempt; the parcel waits."""
    place.faults = [UnavailableError("away") for _ in range(10**6)]
    porter.accept_bytes("run", "a", b"x")
    assert not porter.flush(20)
    assert len(left(tmp_path)) == 1
    assert isinstance(porter.fault, UnavailableError)
    assert not porter.flush(0.05, persist=True)


def test_refused_files_are_set_aside(porter, place, tmp_path, caplog):
    """One file that the store never takes does not stand in the way of others."""
    place.faults = [PermissionDeniedError("not yours")]
    porter.accept_bytes("run", "a", b"kept")
    assert porter.flush(20)
    porter.accept_bytes("run", "b", b"x")
    assert porter.flush(20)
    assert place.read("b") == b"x"
    assert "refused the artifact 'a' of run run: not yours" in caplog.text
    (kept,) = (tmp_path / "refused").iterdir()
    assert kept.read_bytes().endswith(b"kept")
    assert porter.refusals[0].key == ("run", "a")


def test_bugs_do_not_stop_the_porter(porter, place, monkeypatch):
    """What nobody foresaw is tried some times and then set aside."""
    monkeypatch.setattr(porters, "MAX_RETRY_S", 0.01)
    place.faults = [ValueError("a bug") for _ in range(porters.MAX_ATTEMPTS + 1)]
    porter.accept_bytes("run", "a", b"x")
    porter.accept_bytes("run", "b", b"x")
    assert porter.flush(20, persist=True)
    assert len(porter.refusals) <= 1


def test_parcels_of_the_dead_are_taken_over(porter, place, tmp_path):
    """What another process left goes too, unless this one knows a newer version."""
    dead = tmp_path / "dead"
    (dead / "parcels").mkdir(parents=True)
    gate = threading.Event()

    def never(_):
        gate.wait(20)
        raise UnavailableError("dead")

    numbers = itertools.count()
    other = Porter("store", lambda: str(dead / "parcels"), "refused", never)
    for path in ("a", "b"):
        other.accept_bytes("run", path, b"old %d" % next(numbers))
    other.stop()
    porter.accept_bytes("run", "a", b"new")
    porter._newest["run", "a"] += 1  # whatever the clock's resolution
    porter.adopt(str(dead))
    assert porter.flush(20)
    gate.set()
    assert place.read("a") == b"new"
    assert place.read("b") == b"old 1"
    assert list((dead / "parcels").iterdir()) == []


def test_left_parcels_are_sent_by_a_process_of_its_own(place, tmp_path, caplog):
    """`epochal sync` sends what lies there, and sets aside what the store refuses."""
    dead = tmp_path / "dead"
    (dead / "parcels").mkdir(parents=True)
    place.gate.clear()
    other = Porter("store", lambda: str(dead / "parcels"), "refused", place.files_of)
    other.stop()
    for path in ("a", "b"):
        other.accept_bytes("run", path, path.encode())
    place.gate.set()
    place.faults = [PermissionDeniedError("no")]
    assert porters.carry_left(str(dead), place.files_of) == 1
    assert place.read("b") == b"b"
    assert len(list((tmp_path / "refused").iterdir())) == 1
    assert "refused" in caplog.text
