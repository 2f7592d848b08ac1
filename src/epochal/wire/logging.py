"""Requests that log into a run: single values, MLflow's batches, and our courier's."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

import msgspec

from epochal.entities import Points
from epochal.errors import InvalidParameterError
from epochal.wire.columns import column_bytes, pack, read_column
from epochal.wire.decoding import Message, decode_body, missing
from epochal.wire.encoding import encode, pairs
from epochal.wire.experiments import Tag
from epochal.wire.numbers import MAX_INT64, Int64, spell_doubles
from epochal.wire.runs import RunMessage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_WRITER_LENGTH = 128


class LoggedMetric(Message):
    """One point. The fields about models and datasets are read and, for runs, not kept."""

    key: str = ""
    value: float | None = None
    timestamp: Int64 | None = None
    step: Int64 = 0
    model_id: str | None = None
    dataset_name: str | None = None
    dataset_digest: str | None = None
    run_id: str | None = None


class LogMetric(RunMessage):
    """One point; a value of 0 and a timestamp of 0 are as good as any."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("run_id", "key", "value", "timestamp")
    key: str = ""
    value: float | None = None
    timestamp: Int64 | None = None
    step: Int64 = 0
    model_id: str | None = None
    dataset_name: str | None = None
    dataset_digest: str | None = None

    def points(self) -> Points:
        """The one point in columns."""
        if self.value is None or self.timestamp is None:
            raise missing("value" if self.value is None else "timestamp")
        return Points(
            names=[self.key],
            key=array("I", (0,)),
            step=array("q", (self.step,)),
            timestamp=array("q", (self.timestamp,)),
            value=array("d", (self.value,)),
        )


class LogParam(RunMessage):
    """Written once; an absent value is the empty text."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("run_id", "key")
    key: str = ""
    value: str = ""


class SetTag(LogParam):
    """Spelled as a param is."""


class LogBatch(RunMessage):
    """Many values of one run, within the limits of `rules.values.check_batch`."""

    metrics: list[LoggedMetric] = msgspec.field(default_factory=list[LoggedMetric])
    params: list[Tag] = msgspec.field(default_factory=list[Tag])
    tags: list[Tag] = msgspec.field(default_factory=list[Tag])

    def points(self) -> Points:
        """The metrics in columns, in the order given.

        Raises:
            InvalidParameterError: one lacks its key, value or timestamp.

        """
        return points_of(self.metrics)


def points_of(metrics: Sequence[LoggedMetric]) -> Points:
    """Metrics of a request in columns. Raises InvalidParameterError for a field missing."""
    keys = [metric.key for metric in metrics]
    known = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    try:
        points = Points(
            key=array("I", bytes(4 * len(keys)) if len(known) == 1 else [known[k] for k in keys]),
            step=array("q", [metric.step for metric in metrics]),
            timestamp=array("q", [metric.timestamp for metric in metrics]),  # type: ignore[misc]
            value=array("d", [metric.value for metric in metrics]),  # type: ignore[misc]
        )
    except TypeError:  # a None among them
        _refuse(metrics)
    if "" in known:
        _refuse(metrics)
    points.names = list(known)
    return points


def _refuse(metrics: Sequence[LoggedMetric]) -> NoReturn:
    for place, metric in enumerate(metrics):
        for field in ("key", "value", "timestamp"):
            if getattr(metric, field) in {None, ""}:
                raise missing(f"metrics[{place}].{field}")
    raise missing("metrics")


def encode_log_batch(
    run_id: str,
    points: Points,
    params: Mapping[str, str] | None = None,
    tags: Mapping[str, str] | None = None,
) -> bytes:
    """The request body of MLflow's `log-batch`; its limits are the caller's to keep."""
    names = points.names
    values = spell_doubles(points.value, exact=True)
    metrics = [
        {"key": names[key], "value": value, "timestamp": timestamp, "step": step}
        for key, value, timestamp, step in zip(
            points.key, values, points.timestamp, points.step, strict=True
        )
    ]
    body: dict[str, Any] = {"run_id": run_id, "run_uuid": run_id, "metrics": metrics}
    return encode(body | {"params": pairs(params or {}), "tags": pairs(tags or {})})


class Batch(Message):
    """What the courier ships: one run's points in columns, its params and tags.

    `writer` and `sequence` make a second delivery harmless.
    """

    REQUIRED: ClassVar[tuple[str, ...]] = ("writer", "run_id")
    writer: str = ""
    sequence: Int64 = 0
    run_id: str = ""
    names: list[str] = msgspec.field(default_factory=list[str])
    params: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    tags: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    key: list[Int64] = msgspec.field(default_factory=list[int])
    step: list[Int64] = msgspec.field(default_factory=list[int])
    timestamp: list[Int64] = msgspec.field(default_factory=list[int])
    value: list[float] = msgspec.field(default_factory=list[float])


class _PackedBatch(msgspec.Struct):
    """The same in MessagePack, each column as the bytes of little-endian numbers."""

    writer: str
    sequence: int
    run_id: str
    names: list[str] = msgspec.field(default_factory=list[str])
    key: bytes = b""  # uint32
    step: bytes = b""  # int64
    timestamp: bytes = b""  # int64
    value: bytes = b""  # float64
    params: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    tags: dict[str, str] = msgspec.field(default_factory=dict[str, str])


class Delivered(msgspec.Struct):
    """A courier's batch, decoded from either spelling and checked."""

    writer: str
    sequence: int
    run_id: str
    points: Points
    params: dict[str, str]
    tags: dict[str, str]


_packed_decoder = msgspec.msgpack.Decoder(_PackedBatch)


def encode_batch(
    run_id: str,
    points: Points,
    *,
    writer: str,
    sequence: int,
    params: Mapping[str, str] | None = None,
    tags: Mapping[str, str] | None = None,
) -> bytes:
    """The MessagePack body of our own `log`."""
    return pack(
        {
            "writer": writer,
            "sequence": sequence,
            "run_id": run_id,
            "names": points.names,
            "key": column_bytes(points.key),
            "step": column_bytes(points.step),
            "timestamp": column_bytes(points.timestamp),
            "value": column_bytes(points.value),
            "params": dict(params or {}),
            "tags": dict(tags or {}),
        }
    )


def decode_batch(body: bytes, *, packed: bool) -> Delivered:
    """Read a courier's batch, from MessagePack if `packed`, else from JSON.

    Raises:
        InvalidParameterError: not understood, columns of unequal length, a key without a
            name, a name twice, a sequence below zero.

    """
    given = _unpack(body) if packed else decode_body(Batch, body)
    points = Points(
        names=given.names,
        key=read_column("I", given.key, "key"),
        step=read_column("q", given.step, "step"),
        timestamp=read_column("q", given.timestamp, "timestamp"),
        value=read_column("d", given.value, "value"),
    )
    _check_points(points)
    if not 0 < len(given.writer) <= MAX_WRITER_LENGTH:
        raise InvalidParameterError(
            f"Invalid value for parameter 'writer' supplied: it must have 1 to "
            f"{MAX_WRITER_LENGTH} characters, not {len(given.writer)}"
        )
    if not 0 <= given.sequence <= MAX_INT64:
        raise InvalidParameterError(
            f"Invalid value {given.sequence} for parameter 'sequence' supplied: it must be a "
            "whole number from 0 to 2^63 - 1"
        )
    return Delivered(given.writer, given.sequence, given.run_id, points, given.params, given.tags)


def _unpack(body: bytes) -> _PackedBatch:
    try:
        return _packed_decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as fault:
        raise InvalidParameterError(f"The MessagePack body is not understood: {fault}") from None


def _check_points(points: Points) -> None:
    lengths = {name: len(getattr(points, name)) for name in ("key", "step", "timestamp", "value")}
    if len(set(lengths.values())) != 1:
        raise InvalidParameterError(f"The columns must be equally long; they have {lengths} rows")
    if len(set(points.names)) != len(points.names):
        raise InvalidParameterError("The field 'names' must not hold a name twice")
    if len(points) and max(points.key) >= len(points.names):
        raise InvalidParameterError(
            f"The column 'key' refers to name {max(points.key)}, but 'names' has only "
            f"{len(points.names)} entries, counted from 0"
        )
