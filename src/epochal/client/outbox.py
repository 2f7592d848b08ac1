"""Everything that stands between log calls and one store: journal, courier, transport."""

from __future__ import annotations

import os
import sys
import threading
import weakref
from typing import TYPE_CHECKING

from epochal.client.environment import number
from epochal.client.journal import Journal
from epochal.client.notices import warn
from epochal.errors import (
    ConnectionLostError,
    EpochalError,
    NotActiveError,
    NotFoundError,
    ParamChangedError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from epochal.client.courier import Courier
    from epochal.client.run_files import RunFiles
    from epochal.client.segment import Segment
    from epochal.client.status import LoggingStatus
    from epochal.client.transport import Transport
    from epochal.client.writers import WriterFolder
    from epochal.entities import Run, RunInfo

EXIT_GRACE_S = 10.0
FLUSH_S = 60.0
WAIT_S = 120.0
FORK_WAIT_S = 2.0
ASK_S = 1.0  # how long the first log call into a foreign run waits to hear whether it is there

_of_parents: list[Transport] = []
"""Transports that a parent opened: kept, since a child must not run their finalizers."""
_paused: list[Outbox] = []  # whose couriers wait for a fork to be over
_outboxes: weakref.WeakSet[Outbox] = weakref.WeakSet()


class Outbox:
    """The way into one store for this process. Opens neither files nor store until needed.

    A forked child gets its own journal, courier and transport under the same object, so that
    whoever holds it may go on logging.
    """

    def __init__(
        self, uri: str, target: str, journals: str, open_transport: Callable[[], Transport]
    ) -> None:
        self.uri = without_password(uri)
        self._open_transport = open_transport
        self._place = journals, self.uri, without_password(target)
        self._writer: WriterFolder | None = None
        self.journal = Journal(self._create_segment, self._start)
        self._started: Courier | None = None
        self._run_files: RunFiles | None = None
        self.infos: dict[str, RunInfo] = {}  # of runs whose place of files is known
        self._params: dict[str, dict[str, str]] = {}
        self._met: set[str] = set()  # runs that are known to be there
        self.ranks: dict[str, int] = {}  # under which this process logs into runs, if it does
        self._connected: Transport | None = None
        self._connecting = threading.RLock()  # a signal handler may log while this is held
        self._told_lost = 0  # of how many lost values the user was told
        _outboxes.add(self)

    @property
    def _folder(self) -> WriterFolder:
        """Where this process writes, made with the first segment."""
        folder = self._writer
        if folder is None:
            from epochal.client.writers import WriterFolder

            with self._connecting:
                folder = self._writer = self._writer or WriterFolder(*self._place)
        return folder

    def make_ready(self) -> None:
        """Import what logging needs, before the first record rather than within it.

        An import that a signal handler interrupts cannot be repeated by the handler.
        """
        if self._started is None or self._writer is None:
            _ = self._folder, self._courier

    def _create_segment(self, size: int) -> Segment | None:
        return self._folder.create_segment(size)

    @property
    def _courier(self) -> Courier:
        """The courier, made when it is first needed: most of the client's code is its."""
        courier = self._started
        if courier is None:
            from epochal.client.courier import Courier

            with self._connecting:
                courier = self._started = self._started or Courier(
                    self.journal,
                    self._folder,
                    lambda: self.transport,
                    self._take_in_orphans,
                    self.ranks,
                )
        return courier

    @property
    def transport(self) -> Transport:
        """The open transport. Raises what opening it raises."""
        connected = self._connected
        if connected is None:
            with self._connecting:
                connected = self._connected = self._connected or self._open_transport()
        return connected

    @property
    def files(self) -> RunFiles:
        """The files of the runs of this store, made when they are first needed."""
        found = self._run_files
        if found is None:
            from epochal.client.run_files import RunFiles

            with self._connecting:
                found = self._run_files = self._run_files or RunFiles(self)
        return found

    def parcels_folder(self) -> str | None:
        """Where files of this process wait for the store; None when no disk takes them."""
        return self._folder.parcels_folder()

    @property
    def refused_folder(self) -> str:
        """Where lies what the store would not take."""
        return self._folder.refused

    def flush_files(self, timeout_s: float, *, persist: bool = False) -> bool:
        """Wait until every file logged so far is stored; False if it cannot be at present."""
        return self._run_files is None or self._run_files.flush(timeout_s, persist=persist)

    def reader(self) -> Transport:
        """The transport once all that this process logged can be read through it.

        If that fails the transport is returned all the same, as what others logged can be read
        and its own error may say it better; but not without a warning.
        """
        if not self.flush():
            fault = self._started.fault if self._started is not None else None
            warn(
                "epochal: what is read from %s now lacks what this process logged last, which "
                "could not be stored there yet (%s); logging_status() says how much that is",
                self.uri,
                fault or "it takes too long",
            )
        if self.journal.dropped:
            warn("epochal: %s values were lost and cannot be read", self.journal.dropped)
        return self.transport

    def flush(self, timeout_s: float = FLUSH_S) -> bool:
        """Wait until everything logged so far is stored; False if it cannot be at present."""
        if not self._has_orphans():
            if not self.journal.position:
                return True
        elif self._started is not None:  # it looked when it was started
            self._courier.look_again()
        self._courier.start()
        return self._courier.flush(timeout_s)

    def check_params(self, run_id: str, params: Mapping[str, str]) -> None:
        """Take note of params; raises ParamChangedError if this process knows other values."""
        known = self._params.setdefault(run_id, {})
        self._learn_from_refusals(run_id, known)
        for key, value in params.items():
            if known.get(key, value) != value:
                raise ParamChangedError(run_id, key, known[key], value)
        known.update(params)

    def _learn_from_refusals(self, run_id: str, known: dict[str, str]) -> None:
        """What the store refused is not so, and often it says what is."""
        for refusal in tuple(self._started.refusals if self._started else ()):
            if refusal.run_id != run_id:
                continue
            for key in refusal.keys & known.keys():
                del known[key]
            if isinstance(refusal.error, ParamChangedError) and "old" in refusal.error.details:
                known[refusal.error.details["key"]] = refusal.error.details["old"]

    def meet(self, run_id: str) -> None:
        """Before the first log call into a run that this process did not begin: ask about it.

        A store that does not answer soon is asked no more: logging never waits for it.

        Raises:
            NotFoundError, NotActiveError: nothing can be logged into this run.

        """
        if run_id in self._met:
            return
        run = self._ask(run_id)
        if isinstance(run, NotFoundError):
            raise run
        if run is not None and not isinstance(run, EpochalError):
            if run.info.lifecycle_stage == "deleted":
                raise NotActiveError("run", run_id)
            self.note_run(run)
        self._met.add(run_id)

    def _ask(self, run_id: str) -> Run | EpochalError | None:
        """The run, or what the store said instead; None if it does not answer."""
        if self._started is not None and self._started.fault is not None:
            return None
        answers: list[Run | EpochalError] = []

        def ask() -> None:
            try:
                answers.append(self.transport.get_run(run_id))
            except EpochalError as fault:
                answers.append(fault)

        thread = threading.Thread(target=ask, name="epochal-question", daemon=True)
        thread.start()
        thread.join(ASK_S)
        return answers[0] if answers else None

    def note_run(self, run: Run) -> None:
        """Take note of a run that is there, and of its params."""
        self._met.add(run.info.run_id)
        if run.data.params:
            self._params.setdefault(run.info.run_id, {}).update(run.data.params)

    def forget_run(self, run_id: str) -> None:
        """Free what was kept for a run that has ended, or is no longer what it was."""
        self._params.pop(run_id, None)
        self._met.discard(run_id)

    def resumable_run(self, run_id: str) -> Run:
        """The run that a process wants to go on with. Raises NotFoundError."""
        return self.reader().get_run(run_id)

    def info_of(self, run_id: str) -> RunInfo:
        """Where a run belongs and keeps its files. Raises NotFoundError."""
        return self.transport.get_run(run_id).info

    def status(self) -> LoggingStatus:
        """How the delivery goes, in numbers. Waits for nothing."""
        from epochal.client.status import look_at

        return look_at(self.uri, self.journal, self._started, self._writer, self.ranks)

    def wait(self, run_id: str, keys: frozenset[str], start: int, end: int) -> None:
        """Wait until what was logged between two positions is stored.

        Raises:
            EpochalError: the store refused one of these keys; the reason is its own.
            ConnectionLostError: it could not be reached for two minutes.

        """
        self._courier.start()
        if not self._courier.flush(number("HTTP_REQUEST_TIMEOUT", WAIT_S), persist=True):
            raise ConnectionLostError(
                f"{self.uri} could not be reached: {self._courier.fault}. What was logged is "
                f"safe in {self._folder.path} and is delivered as soon as possible"
            )
        for refusal in list(self._courier.refusals):
            overlaps = refusal.span[0] < end and refusal.span[1] > start
            if overlaps and refusal.run_id == run_id and refusal.keys & keys:
                raise refusal.error

    def close(self, grace_s: float | None = None) -> None:
        """Deliver what is left within the grace, or say where it lies and how to send it."""
        if grace_s is None:
            grace_s = number("EXIT_GRACE_S", EXIT_GRACE_S)
        unsent = self._run_files.close(grace_s) if self._run_files is not None else None
        if self._started is None:
            self.report_undelivered(unsent, self._folder.path if unsent else None)
            if self._writer is not None:
                self._writer.close()
            if self._connected is not None:
                self._connected.close()
            self._connected = None
            return
        delivered = self._flush_finally(grace_s)
        fault = self._courier.fault or unsent
        has_stopped = self._courier.stop(grace_s if delivered else 1.0)
        on_disk = 0 if delivered else self.give_up_memory()
        if not delivered:
            fault = fault or TimeoutError("it takes too long")
        if not on_disk and unsent is None:  # then it is what others left behind
            self.report_undelivered(None if delivered else fault, self._folder.journals)
        else:
            self.report_undelivered(fault, self._folder.path, on_disk)
        if has_stopped:
            self.journal.close(delivered=self._courier.delivered)
            self._folder.close()
            if self._connected is not None:
                self._connected.close()
        self._connected = self._started = None

    def _flush_finally(self, grace_s: float) -> bool:
        """Deliver what is left, with that of children that have ended; whether all is."""
        if not self.journal.position and not self._courier.is_running:
            return True
        if self._has_orphans():
            self._courier.look_again()
            self._courier.start()
        return self._courier.flush(grace_s, persist=True)

    def give_up_memory(self) -> int:
        """Count as lost what waits in memory alone; returns how many values wait on disk."""
        from epochal.client.status import count_waiting_now

        waiting = count_waiting_now(self.journal, self._started)
        self.journal.dropped += waiting.in_memory
        return waiting.on_disk

    def report_undelivered(
        self, fault: Exception | None, folder: str | None = None, on_disk: int = 0
    ) -> None:
        """Say on stderr, if it is so, what is not stored, where it lies, and what is lost."""
        lost, self._told_lost = self.journal.dropped - self._told_lost, self.journal.dropped
        if fault is None and not lost:
            return
        parts: list[str] = []
        if fault is not None:
            parts.append(f"not everything could be delivered to {self.uri} ({fault}).")
        if fault is not None and folder and os.path.isdir(folder) and (on_disk or not lost):
            what = f"{on_disk} values of it lie in" if lost else "It lies in"
            parts.append(
                f"{what} {folder}; the next process that opens the store sends it, "
                f"and so does: epochal sync {folder}."
            )
        if lost:
            parts.append(f"{lost} values are lost: neither a disk nor the store took them.")
        sys.stderr.write(f"epochal: {' '.join(parts)}\n")

    def pause(self) -> bool:
        """Before a fork: wait, but not for long, until the courier is between deliveries.

        A child would inherit whatever its threads were in the middle of, imports above all.
        """
        courier = self._started
        return courier is not None and courier.at_work.acquire(timeout=FORK_WAIT_S)

    def resume(self) -> None:
        """After a fork, in the parent."""
        if self._started is not None:
            self._started.at_work.release()

    def restart_in_child(self) -> None:
        """After a fork: leave everything that was opened to the parent."""
        if self._connected is not None:
            _of_parents.append(self._connected)
        if self._writer is not None:
            self._writer.abandon()
        self.journal.restart()
        self._courier.restart()
        if self._run_files is not None:
            self._run_files.restart_in_child()
        self._connected = None
        self._told_lost = 0
        self._connecting = threading.RLock()  # a signal handler may log while this is held

    def _start(self) -> None:
        self._courier.start()

    def _has_orphans(self) -> bool:
        """Whether a dead process left a journal: an earlier one, or a child of this one.

        Looked up every time, as the workers of a pool die when it is left, without a word.
        """
        from epochal.client.writers import has_orphans

        return has_orphans(self._place[0])

    def _take_in_orphans(self, transport: Transport) -> None:
        from epochal.client.sync import take_in_orphans

        take_in_orphans(self._place[0], transport, self._adopt)

    def _adopt(self, folder: str) -> None:
        """Send the files of a dead process beside our own. Its lock is held meanwhile."""
        self.files.adopt(folder)


def without_password(uri: str) -> str:
    """The URI as it may be shown and kept; plain paths and files stay as they are."""
    if "@" not in uri or "://" not in uri:
        return uri
    scheme, _, rest = uri.partition("://")
    place, slash, path = rest.partition("/")
    names, at, host = place.rpartition("@")
    return f"{scheme}://{names.partition(':')[0]}{at}{host}{slash}{path}"


def _before_fork() -> None:
    _paused[:] = [outbox for outbox in list(_outboxes) if outbox.pause()]


def _after_fork_in_parent() -> None:
    for outbox in _paused:
        outbox.resume()
    _paused.clear()


def _after_fork_in_child() -> None:
    _paused.clear()
    for outbox in list(_outboxes):
        outbox.restart_in_child()
    # Children of multiprocessing end without running exit handlers, but run finalizers that
    # were registered after their start.
    multiprocessing: Any = sys.modules.get("multiprocessing.util")
    if multiprocessing is not None:
        for outbox in list(_outboxes):
            multiprocessing.register_after_fork(outbox, _close_with_process)


def _close_with_process(outbox: Outbox) -> None:
    from multiprocessing.util import Finalize

    Finalize(None, outbox.close, exitpriority=-100)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_before_fork,
        after_in_parent=_after_fork_in_parent,
        after_in_child=_after_fork_in_child,
    )
