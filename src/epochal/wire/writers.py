"""Requests and responses about who logs into a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

import msgspec

from epochal.entities import WriterReport
from epochal.wire.decoding import Message
from epochal.wire.encoding import decode_response, encode
from epochal.wire.numbers import Int64  # noqa: TC001 - msgspec reads annotations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.entities import LoggingState


class Report(Message):
    """What a writer says about its delivery into one run."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("run_id", "writer", "state")
    run_id: str = ""
    writer: str = ""
    state: str = ""
    waiting: Int64 = 0
    host: str = ""
    pid: Int64 = 0
    rank: Int64 | None = None

    def report(self) -> WriterReport:
        """The report, still to be checked."""
        return WriterReport(
            self.run_id,
            self.writer,
            cast("LoggingState", self.state),
            self.waiting,
            self.host,
            self.pid,
            self.rank,
        )


class NoteWriters(Message):
    """Reports of one writer about the runs that it logs into."""

    writers: list[Report] = msgspec.field(default_factory=list[Report])


class FindDelivered(Message):
    """Asks how far some writers have come."""

    writers: list[str] = msgspec.field(default_factory=list[str])


def encode_reports(reports: Sequence[WriterReport]) -> bytes:
    """The request that carries reports to the store."""
    writers = [
        {"run_id": report.run_id, "state": report.state, **_fields(report)} for report in reports
    ]
    return encode({"writers": writers})


def encode_writers(reports: Sequence[WriterReport]) -> bytes:
    """The answer to who logs into a run."""
    writers = [
        {"state": report.state, "seen_ms": report.seen_ms, **_fields(report)} for report in reports
    ]
    return encode({"writers": writers})


def _fields(report: WriterReport) -> dict[str, object]:
    return {
        "writer": report.writer,
        "rank": report.rank,
        "waiting": report.waiting,
        "host": report.host,
        "pid": report.pid,
    }


def encode_delivered(delivered: Mapping[str, int]) -> bytes:
    """The answer to how far writers have come."""
    return encode({"delivered": delivered})


class _Delivered(msgspec.Struct):
    delivered: dict[str, int] = msgspec.field(default_factory=dict[str, int])


def decode_delivered(body: bytes) -> dict[str, int]:
    """The last sequence of each writer that delivered any. Raises EpochalError."""
    return decode_response(_Delivered, body).delivered
