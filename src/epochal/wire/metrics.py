"""Requests and responses about the history of metrics."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

from epochal.entities import Series
from epochal.wire.decoding import Message
from epochal.wire.encoding import decode_response, encode, without_unset
from epochal.wire.numbers import Int64, spell_doubles
from epochal.wire.runs import RunMessage

if TYPE_CHECKING:
    from collections.abc import Sequence


class GetHistory(RunMessage):
    """All points of one key; without `max_results` in one answer."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("run_id", "metric_key")
    metric_key: str = ""
    max_results: Int64 | None = None
    page_token: str = ""


class GetHistories(Message):
    """History of one key of several runs; the field is called `run_id` all the same."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("run_id", "metric_key")
    run_id: list[str] = msgspec.field(default_factory=list[str])
    metric_key: str = ""
    max_results: Int64 | None = None


class SampleHistories(Message):
    """Evenly chosen points for charts, all or within a window of steps."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("run_ids", "metric_key")
    run_ids: list[str] = msgspec.field(default_factory=list[str])
    metric_key: str = ""
    start_step: Int64 | None = None
    end_step: Int64 | None = None
    max_results: Int64 | None = None


def encode_history(
    key: str, series: Series, page_token: str | None = None, *, exact: bool = False
) -> bytes:
    """The answer to `get-history`."""
    rows = _rows(key, series, exact=exact)
    return encode(without_unset({"metrics": rows, "next_page_token": page_token}))


def encode_histories(
    key: str,
    histories: Sequence[tuple[str, Series]],
    *,
    exact: bool = False,
    keep_empty: bool = False,
) -> bytes:
    """The answer to `get-history-bulk` and, sampled, to `get-history-bulk-interval`.

    The former says `"metrics": []` when there is nothing (`keep_empty`), the latter `{}`.
    """
    rows = [
        {**row, "run_id": run_id}
        for run_id, series in histories
        for row in _rows(key, series, exact=exact)
    ]
    return encode({"metrics": rows} if rows or keep_empty else {})


def _rows(key: str, series: Series, *, exact: bool) -> list[dict[str, Any]]:
    values = spell_doubles(series.value, exact=exact)
    return [
        {"key": key, "value": value, "timestamp": timestamp, "step": step}
        for value, timestamp, step in zip(values, series.timestamp, series.step, strict=True)
    ]


class _Point(msgspec.Struct, gc=False):
    value: float = 0.0
    timestamp: int = 0
    step: int = 0


class _History(msgspec.Struct):
    metrics: list[_Point] = msgspec.field(default_factory=list[_Point])
    next_page_token: str | None = None


def decode_history(body: bytes) -> tuple[Series, str | None]:
    """Read the answer to `get-history`: the points and the token of the next page."""
    found = decode_response(_History, body)
    series = Series(
        step=array("q", [point.step for point in found.metrics]),
        timestamp=array("q", [point.timestamp for point in found.metrics]),
        value=array("d", [point.value for point in found.metrics]),
    )
    return series, found.next_page_token or None
