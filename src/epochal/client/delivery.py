"""Handing one batch over, and setting aside what the store will never take."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from epochal.client.notices import warn
from epochal.client.writers import REFUSED
from epochal.errors import (
    ConnectionLostError,
    EpochalError,
    UnauthenticatedError,
    UnavailableError,
)
from epochal.ports.tracking import Delivery, RunLog

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from epochal.client.batches import Batch, RunBatch
    from epochal.client.transport import Transport

PASSING = (ConnectionLostError, UnavailableError, UnauthenticatedError)
"""Reasons to keep a batch and try again; anything else would fail the same way every time."""

MAX_RUN_ID_IN_WRITER = 64


@dataclass(frozen=True, slots=True)
class Refusal:
    """A part of a batch that the store would not take, and why."""

    run_id: str
    keys: frozenset[str]
    error: EpochalError
    span: tuple[int, int]  # where in the journal the batch began and ended that it was in
    count: int = 1  # of values


def deliver(transport: Transport, batch: Batch, writer: str, journals: str) -> list[Refusal]:
    """Store a batch; what is refused for good is kept in a file of its own and returned.

    Raises:
        ConnectionLostError, UnavailableError, UnauthenticatedError: nothing is set aside;
            delivering the same batch again is safe.

    """
    logged = [run for run in batch.runs.values() if run.is_logged]
    entries = [(run.log, Delivery(writer_of(writer, run.run_id), batch.end)) for run in logged]
    refusals: list[Refusal] = []
    if entries:
        for run, error in zip(logged, _log_all(transport, entries), strict=True):
            if error is not None:
                refusals += deliver_pieces(transport, run.log, error, batch.span)
    for run in batch.runs.values():
        if run.status is not None:
            refusals += _deliver_status(transport, run, batch.span)
    if refusals:
        _set_aside(batch, refusals, writer, journals)
    return refusals


def writer_of(writer: str, run_id: str) -> str:
    """Who delivers, by process and run.

    A batch holds several runs, delivered one after the other. Were they counted together, a
    crash in between could make the first one's number speak for the others.
    """
    if len(run_id) > MAX_RUN_ID_IN_WRITER:
        from hashlib import sha256

        run_id = sha256(run_id.encode()).hexdigest()
    return f"{writer}/{run_id}"


def set_aside_all(batch: Batch, error: EpochalError, writer: str, journals: str) -> list[Refusal]:
    """Keep a whole batch in a file of its own, since no way was found to deliver it."""
    refusals = [
        Refusal(run.run_id, _keys(run.log), error, batch.span, _count(run.log))
        for run in batch.runs.values()
    ]
    _set_aside(batch, refusals, writer, journals)
    return refusals


def _log_all(
    transport: Transport, entries: Sequence[tuple[RunLog, Delivery | None]]
) -> list[EpochalError | None]:
    """Whether each entry was taken; one that may pass later makes the whole batch wait."""
    errors = transport.log(entries)
    for error in errors:
        if isinstance(error, PASSING):
            raise error
    return errors


def deliver_pieces(
    transport: Transport, entry: RunLog, error: EpochalError, span: tuple[int, int]
) -> list[Refusal]:
    """One bad param must not take a thousand good points with it: try each part alone.

    The parts go without delivery numbers, since the first would use up the batch's; they are
    idempotent in any case.
    """
    pieces = list(_pieces(entry))
    errors = [error] if len(pieces) == 1 else _log_all(transport, [(p, None) for p in pieces])
    return [
        Refusal(entry.run_id, _keys(piece), fault, span, _count(piece))
        for piece, fault in zip(pieces, errors, strict=True)
        if fault is not None
    ]


def _keys(entry: RunLog) -> frozenset[str]:
    return frozenset([*entry.points.names, *entry.params, *entry.tags])


def _count(entry: RunLog) -> int:
    return len(entry.points) + len(entry.params) + len(entry.tags)


def _pieces(entry: RunLog) -> Iterator[RunLog]:
    if len(entry.points):
        yield RunLog(entry.run_id, points=entry.points)
    for key, value in entry.params.items():
        yield RunLog(entry.run_id, params={key: value})
    for key, value in entry.tags.items():
        yield RunLog(entry.run_id, tags={key: value})


def _deliver_status(transport: Transport, run: RunBatch, span: tuple[int, int]) -> list[Refusal]:
    try:
        transport.update_run(run.run_id, status=run.status, end_time=run.end_time)
    except PASSING:
        raise
    except EpochalError as error:
        return [Refusal(run.run_id, frozenset([str(run.status)]), error, span)]
    return []


def _set_aside(batch: Batch, refusals: list[Refusal], writer: str, journals: str) -> None:
    import json

    folder = os.path.join(journals, REFUSED)
    path = os.path.join(folder, f"{writer}-{batch.end}.json")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            json.dump([_describe(batch.runs[item.run_id], item) for item in refusals], file)
    except OSError as fault:
        path = f"nowhere, since {path} cannot be written ({fault.strerror})"
    for refusal in refusals:
        warn(
            "epochal: the store refused a part of what was logged into run %s: %s "
            "(it is kept in %s)",
            refusal.run_id,
            refusal.error,
            path,
        )


def _describe(run: RunBatch, refusal: Refusal) -> dict[str, Any]:
    numbers = {number for number, name in enumerate(run.points.names) if name in refusal.keys}
    points = zip(run.points.key, run.points.step, run.points.timestamp, run.points.value)  # noqa: B905 - columns are of one length
    return {
        "run_id": run.run_id,
        "error": str(refusal.error),
        "params": {key: run.params[key] for key in run.params.keys() & refusal.keys},
        "tags": {key: run.tags[key] for key in run.tags.keys() & refusal.keys},
        "status": run.status if run.status in refusal.keys else None,
        "metrics": [
            {"key": run.points.names[number], "step": step, "timestamp": time, "value": value}
            for number, step, time, value in points
            if number in numbers
        ],
    }
