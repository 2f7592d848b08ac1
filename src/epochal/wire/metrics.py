"""Requests and responses about the history of metrics."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import msgspec

from epochal.entities import Curve, Series
from epochal.errors import EpochalError
from epochal.wire.columns import pack, read_column, spell_series
from epochal.wire.decoding import Message
from epochal.wire.encoding import decode_response, encode, without_unset
from epochal.wire.numbers import Int64, spell_doubles
from epochal.wire.runs import RunMessage

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


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


class ReadColumns(RunMessage):
    """Points of one key in columns, a page or a window of them, live or superseded ones."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("run_id", "key")
    key: str = ""
    x: str = "step"  # what `start` and `end` bound: step, time or relative
    start: Int64 | None = None
    end: Int64 | None = None
    superseded: bool = False
    max_results: Int64 | None = None
    page_token: str = ""


class DrawCurves(Message):
    """Few points of many series for a chart, the peaks among them."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("run_ids", "keys")
    run_ids: list[str] = msgspec.field(default_factory=list[str])
    keys: list[str] = msgspec.field(default_factory=list[str])
    x: str = "step"  # step, time or relative: the order of the points, and what the window bounds
    start: Int64 | None = None
    end: Int64 | None = None
    points: Int64 | None = None  # of each series


class Rewind(RunMessage):
    """Supersede what was logged beyond a step."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("run_id", "step")
    step: Int64 | None = None


class DeleteMetric(RunMessage):
    """Forget a key of a run."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("run_id", "key")
    key: str = ""


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


def encode_columns(series: Series, page_token: str | None, *, packed: bool) -> bytes:
    """The answer to our own `history`; without a token the history ends here."""
    fields = {**spell_series(series, packed=packed), "next_page_token": page_token}
    return pack(fields) if packed else encode(fields)


def decode_columns(body: bytes) -> tuple[Series, str | None]:
    """Read the packed answer to our own `history`. Raises EpochalError."""
    found = _unpack(_columns_decoder, body)
    return found.series(), found.next_page_token


def encode_curves(curves: Sequence[Curve], *, packed: bool) -> bytes:
    """The answer to our own `sample`."""
    listed = [
        {
            "run_id": curve.run_id,
            "key": curve.key,
            "origin": curve.origin,
            "is_whole": curve.is_whole,
            **spell_series(curve.series, packed=packed),
        }
        for curve in curves
    ]
    return pack({"series": listed}) if packed else encode({"series": listed})


def decode_curves(body: bytes) -> list[Curve]:
    """Read the packed answer to our own `sample`. Raises EpochalError."""
    return [
        Curve(found.run_id, found.key, found.origin, found.series(), is_whole=found.is_whole)
        for found in _unpack(_curves_decoder, body).series
    ]


def encode_rewound(number: int | None, superseded: int) -> bytes:
    """The answer to our own `rewind`: which of the run's rewinds it was, null for none."""
    return encode({"rewind": number, "superseded": superseded})


class _Rewound(msgspec.Struct):
    superseded: int = 0


def decode_rewound(body: bytes) -> int:
    """How many points a rewind superseded. Raises EpochalError."""
    return decode_response(_Rewound, body).superseded


class _Columns(msgspec.Struct):
    step: bytes
    timestamp: bytes
    value: bytes
    next_page_token: str | None = None

    def series(self) -> Series:
        return Series(
            read_column("q", self.step, "step"),
            read_column("q", self.timestamp, "timestamp"),
            read_column("d", self.value, "value"),
        )


class _Curve(_Columns, kw_only=True):
    run_id: str
    key: str
    origin: int
    is_whole: bool


class _Curves(msgspec.Struct):
    series: list[_Curve]


_columns_decoder = msgspec.msgpack.Decoder(_Columns)
_curves_decoder = msgspec.msgpack.Decoder(_Curves)


def _unpack(decoder: msgspec.msgpack.Decoder[T], body: bytes) -> T:
    try:
        return decoder.decode(body)
    except msgspec.MsgspecError as fault:
        raise EpochalError(
            f"The server's answer is not understood: {fault}; it begins with {body[:80]!r}"
        ) from None


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
