"""Delivering offline folders: any number of times, from copies, beside writers that still run.

Nothing in the folder is changed or removed. Our stores know how far each writer of a run has
come, so that every record arrives once in effect; MLflow's do not, but points, params and tags
may be written to them again.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from epochal.blobs.folder import INCOMING
from epochal.client import records
from epochal.client.batches import BATCH_BYTES, Batch, Collector
from epochal.client.delivery import PASSING, deliver_pieces, writer_of
from epochal.client.destinations import Destination
from epochal.client.ledger import Ledger
from epochal.client.offline_runs import parse_inputs
from epochal.client.reading import (
    DamagedSegmentError,
    Record,
    SeriesRecord,
    TextRecord,
    read_header,
    read_records,
)
from epochal.client.segment import SUFFIX
from epochal.errors import EpochalError, NotActiveError, NotFoundError
from epochal.ports.tracking import Delivery, RunLog

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from epochal.client.transport import Transport
    from epochal.entities import Status

_BARRIERS = frozenset({records.STATUS, records.RUN, records.INPUTS, records.REWIND})


@dataclass(slots=True)
class Shipment:
    """What a delivery came to."""

    writers: int = 0
    values: int = 0
    files: int = 0
    runs: set[str] = field(default_factory=set[str])
    problems: list[str] = field(default_factory=list[str])
    """What did not arrive, and why; delivering again when that has changed brings it."""


class Shipper:
    """Delivers what lies in one offline folder to one store."""

    def __init__(self, folder: str, target: str, transport: Transport) -> None:
        self._folder = folder
        self._transport = transport
        self._ledger = Ledger(folder, target)
        self._destination = Destination(transport, self._ledger)
        self._held: dict[str, str] = {}  # runs that take nothing, and why
        self.shipment = Shipment()

    def ship(self, writers: Sequence[str]) -> None:
        """Deliver the journals of some writers, the oldest first, and the files of their runs.

        Raises:
            ConnectionLostError, UnavailableError, UnauthenticatedError: the store takes nothing
                now; delivering again goes on from there.

        """
        self.shipment.writers = len(writers)
        for writer in writers:
            self._ship_writer(writer)
        if self._held and len(writers) > 1:
            # Copies may be of any age: perhaps what a run begins with came after what follows.
            self._held.clear()
            self.shipment.problems.clear()
            for writer in writers:
                self._ship_writer(writer)
        self._ship_files()

    def _ship_writer(self, folder: str) -> None:
        """Deliver the journal of one writer, as far as it is there."""
        delivery = _WriterDelivery(self, os.path.basename(folder))
        names = sorted(name for name in os.listdir(folder) if name.endswith(SUFFIX))
        try:
            for number, name in enumerate(names, 1):
                if name != f"{number:08}{SUFFIX}":
                    self._complain(f"{folder}: {number:08}{SUFFIX} is not there yet")
                    break
                if not delivery.deliver_segment(os.path.join(folder, name)):
                    break
        except OSError as fault:
            self._complain(f"{folder} cannot be read: {fault.strerror}")
        finally:
            self._ledger.save()

    def _ship_files(self) -> None:
        """Deliver the artifacts of the runs that were delivered."""
        root = os.path.join(self._folder, "artifacts")
        names = sorted(os.listdir(root)) if os.path.isdir(root) else []
        try:
            for run_id in names:
                if run_id in self.shipment.runs and run_id not in self._held:
                    self._ship_files_of(run_id, os.path.join(root, run_id))
        finally:
            self._ledger.save()

    def _ship_files_of(self, run_id: str, root: str) -> None:
        new = [path for path in _walk(root) if not self._is_delivered(run_id, root, path)]
        if not new:
            return
        try:
            files = self._transport.files(self._destination.run_info(run_id))
            for path in new:
                place = os.path.join(root, path)
                state = os.stat(place)
                with open(place, "rb") as content:
                    files.write_artifact(path.replace(os.sep, "/"), content)
                self._ledger.note_file(f"{run_id}/{path}", state)
                self.shipment.files += 1
        except PASSING:
            raise
        except (EpochalError, OSError) as fault:
            self._complain(f"The files of run {run_id}: {fault}")

    def _is_delivered(self, run_id: str, root: str, path: str) -> bool:
        return self._ledger.has_file(f"{run_id}/{path}", os.stat(os.path.join(root, path)))

    def hold(self, run_id: str, error: EpochalError) -> None:
        """Deliver nothing more of a run this time, as it takes nothing."""
        if run_id not in self._held:
            self._held[run_id] = str(error)
            self._complain(f"Run {run_id}: {error}")

    def is_held(self, run_id: str) -> bool:
        """Whether a run takes nothing this time."""
        return run_id in self._held

    def _complain(self, problem: str) -> None:
        self.shipment.problems.append(problem)

    def create_experiment(self, record: TextRecord) -> None:
        """Make or find an experiment, and set its tags."""
        try:
            self._destination.prepare_experiment(record.key, json.loads(record.value))
        except PASSING:
            raise
        except EpochalError as fault:
            self._complain(f"Experiment {record.key!r}: {fault}")

    def apply(self, record: TextRecord, writer: str, position: int) -> None:
        """Do what stands between values: begin, end or rewind a run, attach datasets."""
        run_id = record.run_id
        try:
            self._apply(record)
            self._log(RunLog(run_id), writer, (position, position))
        except PASSING:
            raise
        except EpochalError as fault:
            self.hold(run_id, fault)

    def _apply(self, record: TextRecord) -> None:
        run_id, transport = record.run_id, self._transport
        if record.kind == records.RUN:
            self._destination.create_run(run_id, json.loads(record.value))
            return
        mapped = self._destination.run_id(run_id)
        if record.kind == records.STATUS:
            end_time = int(record.value) if record.value else None
            transport.update_run(mapped, status=cast("Status", record.key), end_time=end_time)
        elif record.kind == records.INPUTS:
            transport.log_inputs(mapped, parse_inputs(record.value))
        else:
            transport.histories.rewind(mapped, int(record.value))

    def log_batch(self, batch: Batch, writer: str) -> None:
        """Deliver the values of a batch."""
        for run in batch.runs.values():
            self.shipment.runs.add(run.run_id)
            if not self.is_held(run.run_id):
                self._log(run.log, writer, batch.span)

    def _log(self, entry: RunLog, writer: str, span: tuple[int, int]) -> None:
        run_id = entry.run_id
        mapped = self._destination.translate(entry)
        delivery = Delivery(writer_of(writer, run_id), span[1])
        error = self._transport.log([(mapped, delivery)])[0]
        if isinstance(error, PASSING):
            raise error
        count = len(entry.points) + len(entry.params) + len(entry.tags)
        if isinstance(error, NotFoundError | NotActiveError):
            self.hold(run_id, error)
            return
        if error is not None:
            for refusal in deliver_pieces(self._transport, mapped, error, span):
                self._complain(f"Run {run_id}: {refusal.error}")
                count -= refusal.count
            self._transport.log([(RunLog(mapped.run_id), delivery)])
        self.shipment.values += count
        self._ledger.writers[delivery.writer] = span[1]

    def delivered(self, writer: str, run_id: str) -> int:
        """How far a writer of a run was delivered before."""
        name = writer_of(writer, run_id)
        known = self._transport.find_delivered([name])
        return (self._ledger.writers if known is None else known).get(name, 0)


class _WriterDelivery:
    """One pass over the journal of one writer."""

    def __init__(self, shipper: Shipper, writer: str) -> None:
        self._shipper = shipper
        self._writer = writer
        self._delivered: dict[str, int] = {}  # by run: what the store has

    def deliver_segment(self, path: str) -> bool:
        """Deliver one file; whether it was whole, so that the next one follows it."""
        with open(path, "rb") as file:
            data = file.read()
        if not data.strip(b"\0"):
            return False  # only just made, or only just being copied
        try:
            header = read_header(data)
        except DamagedSegmentError as damage:
            self._shipper.shipment.problems.append(f"{path}: {damage}")
            return False
        reading = read_records(data)
        self._deliver(header.base, reading.records)
        if reading.damage is not None or len(data) < header.size:
            reason = reading.damage or f"it has {len(data)} of {header.size} bytes"
            self._shipper.shipment.problems.append(
                f"{path}: {reason}. What stands before was delivered; if the file is still "
                "being written or copied, deliver again afterwards"
            )
            return False
        return True

    def _deliver(self, base: int, listed: list[tuple[int, Record]]) -> None:
        collector, batch, begun = Collector(), Batch(base), 0
        owners: dict[int, str] = {}
        for offset, record in listed:
            position = base + offset
            if isinstance(record, SeriesRecord):
                owners[record.number] = record.run_id
                collector.add(batch, record)
            elif isinstance(record, TextRecord) and record.kind == records.EXPERIMENT:
                self._shipper.create_experiment(record)
            elif isinstance(record, TextRecord) and record.kind in _BARRIERS:
                self._shipper.log_batch(batch, self._writer)
                batch = Batch(position, position)
                self._apply(record, position)
            elif any(self._is_new(run, position) for run in _runs_of(record, owners)):
                collector.add(batch, record)
            batch.end = position
            if offset - begun > BATCH_BYTES:
                self._shipper.log_batch(batch, self._writer)
                batch, begun = Batch(position, position), offset
        self._shipper.log_batch(batch, self._writer)

    def _apply(self, record: TextRecord, position: int) -> None:
        run_id = record.run_id
        self._shipper.shipment.runs.add(run_id)
        if self._is_new(run_id, position) and not self._shipper.is_held(run_id):
            self._shipper.apply(record, self._writer, position)

    def _is_new(self, run_id: str, position: int) -> bool:
        known = self._delivered.get(run_id)
        if known is None:
            known = self._shipper.delivered(self._writer, run_id)
            self._delivered[run_id] = known
        return position > known


def _runs_of(record: Record, owners: dict[int, str]) -> set[str]:
    """The runs that a record logs into."""
    if isinstance(record, TextRecord):
        return {record.run_id}
    numbers: Any = getattr(record, "series", ())
    return {owners[number] for number in ([numbers] if isinstance(numbers, int) else numbers)}


def _walk(root: str) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        if folder == root and INCOMING in folders:
            folders.remove(INCOMING)
        folders.sort()
        for name in sorted(names):
            yield os.path.relpath(os.path.join(folder, name), root)
