"""The active run: begun, logged into, and ended, at the latest with the process."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING, Any, Self

from epochal.client.environment import is_set, variable
from epochal.client.logbook import Logbook, check_mapping
from epochal.client.mlflow_client import MlflowClient, check_status, check_step
from epochal.client.stores import before_exit
from epochal.client.tracking_uri import open_current
from epochal.client.values import now_ms
from epochal.entities import Run
from epochal.errors import InvalidParameterError, NotActiveError
from epochal.fluent.absence import needing_server
from epochal.rules.names import NOTE_TAG, PARENT_RUN_TAG, RUN_NAME_TAG

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from epochal.client.outbox import Outbox
    from epochal.entities import Status

END_FLUSH_S = 10.0


class ActiveRun(Run):
    """A run that is being logged into; as a context manager it ends with its block."""

    book: Logbook
    """Where everything logged into this run goes."""

    def __init__(self, run: Run, book: Logbook) -> None:
        super().__init__(run.info, run.data, run.inputs)
        object.__setattr__(self, "book", book)  # runs are frozen

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if any(run is self for run in _threads.runs):  # else it was ended within the block
            while _threads.runs[-1] is not self:  # runs nested in it and left open
                end_run(_status_after(kind, fault))
            end_run(_status_after(kind, fault))


class _Threads(threading.local):
    """Each thread's own active runs, the innermost last.

    Not context variables: notebooks run cells in contexts that forget what a cell has set.
    """

    def __init__(self) -> None:
        self.runs: list[ActiveRun] = []
        self.last_id: str | None = None


_threads = _Threads()
_open_runs: dict[str, ActiveRun] = {}  # of all threads, for the end of the process
_last_ids: list[str] = []  # at most one: the run that any thread began last


def start_run(
    run_id: str | None = None,
    experiment_id: str | None = None,
    run_name: str | None = None,
    nested: bool = False,
    parent_run_id: str | None = None,
    tags: Mapping[str, Any] | None = None,
    description: str | None = None,
    log_system_metrics: bool | None = None,
    rewind_to_step: int | None = None,
    rank: int | None = None,
) -> ActiveRun:
    """Begin a run, or resume the one with `run_id`, and make it this thread's active run.

    Args:
        run_id: a run to go on with; its status becomes RUNNING again.
        experiment_id: where to create the run; the active experiment if None.
        run_name: a name; one is made up if None.
        nested: whether it may begin within the active run, as its child.
        parent_run_id: the run that it is a child of, which need not be active.
        tags: set on the run in addition to the automatic ones.
        description: text for people, in Markdown.
        log_system_metrics: accepted for compatibility; nothing is measured yet.
        rewind_to_step: with `run_id`: the last step that still holds; the points beyond it are
            superseded, as training goes on from a checkpoint of that step.
        rank: which of many processes that log into the run this is. Its points are kept under
            `<key>/rank:<rank>` and shown apart. Default: `EPOCHAL_RANK`, if it is set.

    Raises:
        InvalidParameterError: another run is active and `nested` is not set; the active run
            is not the parent; there is nothing to rewind, as the run is new.
        NotFoundError, NotActiveError: the run, its parent or the experiment is absent or deleted.
        ConnectionLostError: the server is away; the message says how to log without it.

    """
    del log_system_metrics
    active = _threads.runs
    if active and not nested:
        raise InvalidParameterError(
            f"Run with UUID {active[-1].info.run_id} is already active. To start a new run, "
            "first end the current run with end_run(). To start a nested run, call "
            "start_run with nested=True"
        )
    run_id = run_id or _run_id_from_environment()
    outbox = open_current()
    check_mapping("Tags", tags or {})
    texts = {key: str(value) for key, value in (tags or {}).items()}
    if description is not None:
        if NOTE_TAG in texts:
            raise InvalidParameterError(
                f"Description is already set via the tag {NOTE_TAG}; give one of the two"
            )
        texts[NOTE_TAG] = description
    if rewind_to_step is not None and not run_id:
        raise InvalidParameterError(
            f"rewind_to_step={rewind_to_step!r} needs the run_id of the run to go on with; "
            "a new run has nothing to rewind"
        )
    with needing_server("No run can begin"):
        if run_id:
            run = _resume(outbox, run_id, texts, rewind_to_step)
        else:
            parent = _parent(outbox, parent_run_id, active[-1].info.run_id if active else None)
            run = _create(experiment_id, run_name, texts, parent)
    chosen = _rank_from_environment() if rank is None else rank
    return _activate(ActiveRun(run, Logbook(outbox, run.info.run_id, chosen)))


def _rank_from_environment() -> int | None:
    """`EPOCHAL_RANK`. Launchers set RANK for every program, which need not mean a label."""
    given = variable("RANK")
    if given is None:
        return None
    if not given.isdecimal():
        raise InvalidParameterError(
            f"The environment variable EPOCHAL_RANK is {given!r}; it must be a whole number "
            "from 0 on"
        )
    return int(given)


def _parent(outbox: Outbox, parent_run_id: str | None, active_id: str | None) -> str | None:
    """The run that a new one is nested in, after a look whether it is there."""
    if not parent_run_id:
        return active_id
    if active_id is not None and parent_run_id != active_id:
        raise InvalidParameterError(
            f"Current run with UUID {active_id} does not match the specified parent_run_id "
            f"{parent_run_id}. To start a new nested run under the parent run with UUID "
            f"{active_id}, leave parent_run_id out; else end the current run with end_run()"
        )
    if outbox.resumable_run(parent_run_id).info.lifecycle_stage == "deleted":
        raise NotActiveError("run", parent_run_id)
    return parent_run_id


def _run_id_from_environment() -> str | None:
    """The run that a parent process wants to be resumed; once only."""
    run_id = variable("RUN_ID")
    for spelling in ("EPOCHAL_RUN_ID", "MLFLOW_RUN_ID"):
        os.environ.pop(spelling, None)
    return run_id


def _resume(
    outbox: Outbox, run_id: str, tags: Mapping[str, str], rewind_to_step: int | None
) -> Run:
    run = outbox.resumable_run(run_id)
    if run.info.lifecycle_stage == "deleted":
        raise NotActiveError("run", run_id)
    if rewind_to_step is not None:
        outbox.transport.histories.rewind(run_id, check_step(rewind_to_step))
    outbox.transport.update_run(run_id, status="RUNNING")
    outbox.note_run(run)
    if tags:
        Logbook(outbox, run_id).set_tags(tags)
    return outbox.resumable_run(run_id)


def _create(
    experiment_id: str | None, run_name: str | None, tags: dict[str, str], parent: str | None
) -> Run:
    from epochal.capture.source import source_tags
    from epochal.fluent.experiments import active_experiment_id

    automatic = source_tags()
    if parent:
        automatic[PARENT_RUN_TAG] = parent
    if run_name:
        automatic[RUN_NAME_TAG] = run_name
    return MlflowClient().create_run(
        active_experiment_id() if experiment_id in {None, ""} else str(experiment_id),
        tags=automatic | tags,
        run_name=run_name,
    )


def _activate(run: ActiveRun) -> ActiveRun:
    run_id = run.info.run_id
    _threads.runs.append(run)
    _threads.last_id = run_id
    _last_ids[:] = [run_id]
    _open_runs[run_id] = run
    run.book.outbox.infos[run_id] = run.info
    return run


def end_run(status: str = "FINISHED") -> None:
    """End this thread's active run; nothing happens when there is none.

    Returns when the run is stored, or cannot be at present: then it is delivered later.

    Raises:
        InvalidParameterError: a status that does not exist.

    """
    checked = check_status(status)
    if _threads.runs:
        run = _threads.runs.pop()
        if run.info.run_id in _open_runs:  # else a parent process began it and will end it
            _finish(run, checked)
            _print_links(run)
        else:
            run.book.outbox.flush(END_FLUSH_S)


def _finish(run: ActiveRun, status: Status) -> None:
    _open_runs.pop(run.info.run_id, None)
    ended_ms = now_ms()
    run.book.outbox.flush_files(END_FLUSH_S)  # whoever sees the run ended finds its files
    run.book.set_status(status, ended_ms)
    run.book.outbox.flush(END_FLUSH_S)
    run.book.outbox.forget_run(run.info.run_id)


def _print_links(run: ActiveRun) -> None:
    address = getattr(run.book.outbox.transport, "page_url", None)
    if address is None or is_set("SUPPRESS_PRINTING_URL_TO_STDOUT"):
        return
    experiment = f"{address}/#/experiments/{run.info.experiment_id}"
    sys.stdout.write(
        f"View run {run.info.run_name} at: {experiment}/runs/{run.info.run_id}\n"
        f"View experiment at: {experiment}\n"
    )


def active_run() -> ActiveRun | None:
    """The thread's active run, the innermost one, None if there is none."""
    return _threads.runs[-1] if _threads.runs else None


def last_active_run() -> Run | None:
    """The active run, else the one that was active last, as it is stored now."""
    run_id = _threads.last_id or (_last_ids[0] if _last_ids else None)
    return MlflowClient().get_run(run_id) if run_id else None


def active_book(run_id: str | None = None) -> Logbook:
    """Where to log: into the given run, else the active one, else a new one."""
    if run_id is not None:
        begun = _open_runs.get(run_id) if isinstance(run_id, str) else None  # pyright: ignore[reportUnnecessaryIsInstance]
        if begun:
            return begun.book
        book = Logbook(open_current(), run_id, _rank_from_environment())
        book.outbox.meet(run_id)
        return book
    runs = _threads.runs
    return (runs[-1] if runs else start_run()).book


def _status_after(kind: type[BaseException] | None, fault: BaseException | None) -> Status:
    """What an exception, or none, makes of a run."""
    if kind is None:
        return "FINISHED"
    if issubclass(kind, KeyboardInterrupt):
        return "KILLED"
    if issubclass(kind, SystemExit) and getattr(fault, "code", None) in {None, 0}:
        return "FINISHED"
    return "FAILED"


def _end_all() -> None:
    """At exit: end whatever is open, as an uncaught exception says."""
    is_interactive = hasattr(sys, "ps1") or "ipykernel" in sys.modules
    kind = None if is_interactive else getattr(sys, "last_type", None)
    for run in reversed(list(_open_runs.values())):
        _open_runs.pop(run.info.run_id, None)
        ended_ms = now_ms()
        run.book.outbox.flush_files(END_FLUSH_S)
        run.book.set_status(_status_after(kind, None), ended_ms)


def _after_fork() -> None:
    _open_runs.clear()  # a child logs into its parent's runs but does not end them


before_exit(_end_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
