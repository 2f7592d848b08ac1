"""Requests that keep the store's limits."""

from __future__ import annotations

from array import array

from epochal.client.columns import as_names, read_sampled
from epochal.entities import Curve, Series
from epochal.ports.metrics import Window


class Counting:
    """Answers every request with one point of each series, and remembers its size."""

    def __init__(self) -> None:
        self.asked = []

    def draw(self, run_ids, keys, window, points):
        assert window == Window()
        self.asked.append((len(run_ids), len(keys), len(run_ids) * len(keys) * points))
        series = Series(array("q", [0]), array("q", [0]), array("d", [0.0]))
        return [Curve(run, key, 0, series, is_whole=True) for run in run_ids for key in keys]


def test_many_series_take_several_requests():
    """None of them asks for more than a chart may have; the order is that asked for."""
    histories = Counting()
    wanted = [(f"r{run}", f"k{key}") for run in range(300) for key in range(150)]
    found = read_sampled(histories, wanted, Window(), 1000)
    assert [(curve.run_id, curve.key) for curve in found] == wanted
    assert all(r <= 1000 and k <= 100 and n <= 2_000_000 for r, k, n in histories.asked)


def test_names_are_one_text_or_many():
    """Each once, in order."""
    assert as_names("keys", "loss") == ["loss"]
    assert as_names("keys", ["b", "a", "b"]) == ["b", "a"]
    assert as_names("keys", None) == []
