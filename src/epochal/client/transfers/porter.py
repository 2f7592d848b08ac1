"""The threads that carry files to the store, while training goes on."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections import deque
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from epochal.client.delivery import PASSING
from epochal.client.notices import trace, warn
from epochal.client.transfers import digests, parcels, uploads
from epochal.client.transfers.digests import Identity
from epochal.client.transfers.parcels import Label, NoRoomError
from epochal.client.transfers.progress import Progress
from epochal.client.values import now_ms
from epochal.client.writers import REFUSED
from epochal.errors import EpochalError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import BinaryIO

    from epochal.client.transfers.parcels import Parcel
    from epochal.client.transport import Files

PORTERS = 3  # parcels under way at once
FIRST_RETRY_S = 0.5
MAX_RETRY_S = 15.0
MAX_ATTEMPTS = 6  # at what is neither passing nor a refusal, such as a bug
MAX_REMEMBERED = 100_000  # artifacts whose newest version this process knows


class Refusal(NamedTuple):
    """A file that the store would not take."""

    key: tuple[str, str]
    error: EpochalError


class Porter:
    """Keeps what was logged in parcels, carries them, removes what arrived.

    *Order.* Of two versions of one artifact the one that was logged later stays; others go
    side by side. *Loss.* Never by `kill -9`: parcels that are left are taken in by the next
    process. *Errors.* A refused file is set aside and named in a warning; while the store is
    out of reach all wait.
    """

    def __init__(
        self,
        uri: str,
        folder: Callable[[], str | None],
        refused: str,
        files_of: Callable[[str], Files],
    ) -> None:
        """Open nothing yet.

        Args:
            uri: the store, for messages.
            folder: where parcels may be kept, None when no disk takes them.
            refused: where refused parcels are set aside.
            files_of: the artifacts of a run, by its id.

        """
        self._uri = uri
        self._folder = folder
        self._refused = refused
        self._files_of = files_of
        self.restart()

    def restart(self) -> None:
        """Start over with nothing to carry, as a forked child must."""
        self._lock = threading.RLock()
        self._work = threading.Condition(self._lock)  # there is something to carry
        self._rest = threading.Condition(self._lock)  # all has arrived, or an attempt failed
        self._waiting: deque[Parcel] = deque()
        self._under_way: set[tuple[str, str]] = set()
        self._newest: dict[tuple[str, str], int] = {}
        self._threads: list[threading.Thread] = []
        self._numbers = count(1)
        self._stopping = False
        self._failures = 0
        self._failed_in_a_row = 0
        self._retry_at = 0.0
        self._moved_at = 0.0  # when anything was carried any further
        self._progress: Progress | None = None
        self.fault: Exception | None = None  # why the last attempt failed, None if it did not
        self.refusals: deque[Refusal] = deque(maxlen=1000)

    @property
    def count(self) -> int:
        """How many parcels have not arrived."""
        with self._lock:
            return len(self._waiting) + len(self._under_way)

    @property
    def waiting_bytes(self) -> int:
        """How much has not been begun to be carried."""
        with self._lock:
            return sum(parcel.size for parcel in self._waiting)

    def accept_bytes(self, run_id: str, path: str, content: bytes) -> None:
        """Keep a file whose bytes are at hand. Raises NoRoomError."""
        self.accept_small(run_id, [(path, content)])

    def accept_small(self, run_id: str, files: Sequence[tuple[str, bytes]]) -> None:
        """Keep several small files at once. Raises NoRoomError; then none of them is kept."""
        at_ms = now_ms()
        labelled = [(Label(run_id, path, at_ms), content) for path, content in files]
        if labelled:
            packed = parcels.pack_small(self._new_place(), labelled)
            with self._lock:  # so that they go together
                for parcel in packed:
                    self._add(parcel)

    def accept_file(
        self,
        run_id: str,
        path: str,
        source: BinaryIO,
        size: int,
        identity: Identity | None = None,
    ) -> None:
        """Keep the rest of an open file as it is now. Raises NoRoomError, OSError.

        With its `identity` the digest is noted for the next time that the file is logged.
        """
        label = Label(run_id, path, now_ms())
        parcel = parcels.pack_file(self._new_place(), label, source, size)
        if identity is not None and identity.is_same(Identity.of(source)):
            parcel = replace(parcel, identity=identity)
        self._add(parcel)

    def carries(self, run_id: str, path: str) -> bool:
        """Whether a version of an artifact is still on its way."""
        key = run_id, path
        with self._lock:
            return key in self._under_way or any(item.key == key for item in self._waiting)

    def adopt(self, folder: str) -> None:
        """Take over what a dead writer left. Whoever calls holds the lock of its owner."""
        for left in parcels.iter_left(folder):
            with contextlib.suppress(OSError, NoRoomError):
                place = self._new_place()
                os.rename(left, place)
                for parcel in parcels.read_parcels(place):
                    self._add(parcel)

    def _new_place(self) -> str:
        folder = self._folder()
        if folder is None:
            raise NoRoomError("no disk takes files that wait for the store")
        return os.path.join(folder, f"{next(self._numbers):08}{parcels.SUFFIX}")

    def _add(self, parcel: Parcel) -> None:
        """Queue a parcel in place of an older version that waits; drop one that is outdated."""
        with self._lock:
            superseded = self._newest.get(parcel.key, -1) > parcel.logged_ms
            if not superseded:
                if len(self._newest) >= MAX_REMEMBERED:
                    self._newest.clear()
                if parcel.key in self._newest:
                    self._drop_older(parcel)
                self._newest[parcel.key] = parcel.logged_ms
                self._waiting.append(parcel)
                self._start_one()
                self._work.notify()
        if superseded:
            parcel.crate.take_out()

    def _drop_older(self, parcel: Parcel) -> None:
        older = [other for other in self._waiting if other.key == parcel.key]
        for other in older:
            self._waiting.remove(other)
            other.crate.take_out()

    def _start_one(self) -> None:
        """See that enough threads run. Under the lock."""
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        if len(self._threads) < min(PORTERS, self.count):
            thread = threading.Thread(target=self._run, name="epochal-porter", daemon=True)
            self._threads.append(thread)
            thread.start()

    def flush(self, timeout_s: float, *, persist: bool = False) -> bool:
        """Wait until all that was logged has arrived; say whether it has.

        The time limit counts from when a byte was last carried: a long file may take long.
        Gives up when an attempt fails, since the next may be far off; with `persist`, only
        when the time is over.
        """
        if not self.count:
            return True
        with Progress("Uploading artifacts", self.waiting_bytes) as progress:
            self._progress = progress
            try:
                return self._wait(timeout_s, persist=persist)
            finally:
                self._progress = None

    def _wait(self, timeout_s: float, *, persist: bool) -> bool:
        with self._lock:
            failures = self._failures
            if not persist:
                self._retry_at = 0.0  # somebody waits: try now
                self._work.notify_all()
            self._moved_at = time.monotonic()
            while self.count and (persist or self._failures == failures):
                left_s = self._moved_at + timeout_s - time.monotonic()
                if left_s <= 0:
                    break
                self._rest.wait(left_s)
            return not self.count

    def stop(self) -> None:
        """Let the threads end after what they are carrying; what is left stays in its place."""
        with self._lock:
            self._stopping = True
            self._work.notify_all()

    def _run(self) -> None:
        batch: list[Parcel] = self._next([], [])
        while batch:
            batch = self._next(batch, self._carry(batch))

    def _next(self, done: list[Parcel], failures: list[Exception | None]) -> list[Parcel]:
        """Note what became of some parcels; the next ones, none when this stops. Waits."""
        with self._lock:
            for parcel, failure in zip(done, failures, strict=True):
                self._note(parcel, failure)
            while not self._stopping:
                pause_s = self._retry_at - time.monotonic()
                batch = self._take() if pause_s <= 0 else []
                if batch:
                    return batch
                self._work.wait(pause_s if pause_s > 0 else None)
            return []

    def _take(self) -> list[Parcel]:
        """The oldest parcel that may go, with small ones of its run behind it. Under the lock."""
        first = next((item for item in self._waiting if item.key not in self._under_way), None)
        if first is None:
            return []
        self._waiting.remove(first)
        batch, size = [first], first.size
        while (
            len(batch) < uploads.BUNDLE_FILES
            and self._waiting
            and self._may_join(self._waiting[0], first)
            and (size := size + self._waiting[0].size) <= uploads.BUNDLE_BYTES
        ):
            batch.append(self._waiting.popleft())
        self._under_way.update(parcel.key for parcel in batch)
        return batch

    def _may_join(self, parcel: Parcel, first: Parcel) -> bool:
        return (
            max(parcel.size, first.size) <= uploads.SMALL_BYTES
            and parcel.run_id == first.run_id
            and parcel.key not in self._under_way
        )

    def _note(self, parcel: Parcel, failure: Exception | None) -> None:
        """Take note of an attempt that is over. Under the lock."""
        self._under_way.discard(parcel.key)
        self._moved_at = time.monotonic()
        if failure is not None:
            self._note_failure(parcel, failure)
            self._rest.notify_all()
            return
        self._failed_in_a_row, self.fault = 0, None
        if not self._waiting and not self._under_way:
            self._rest.notify_all()

    def _carry(self, batch: list[Parcel]) -> list[Exception | None]:
        """Deliver some parcels and remove them; why any was not, if it may be later."""
        if len(batch) > 1:
            try:
                files = self._files_of(batch[0].run_id)
                errors = files.write_small([(item.path, _read(item)) for item in batch])
            except PASSING as fault:
                return [fault] * len(batch)
            except Exception:  # noqa: BLE001 - each by itself tells which one it is
                errors = None
            if errors is not None:
                self._note_progress(sum(item.size for item in batch))
                return [self._settle(*pair) for pair in zip(batch, errors, strict=True)]
        return [self._carry_one(parcel) for parcel in batch]

    def _settle(self, parcel: Parcel, error: EpochalError | None) -> Exception | None:
        """Remove or set aside a parcel that was sent with others; its error if it may pass."""
        if isinstance(error, PASSING):
            return error
        if error is not None:
            self._refuse(parcel, error)
        else:
            parcel.crate.take_out()
        return None

    def _carry_one(self, parcel: Parcel) -> Exception | None:
        """Deliver one parcel and remove it; why it could not be, if it may be later."""
        try:
            files = self._files_of(parcel.run_id)
            with parcel.open() as content:
                digest = _digest(parcel, content)
                files.write_artifact(parcel.path, content, self._note_progress, digest)
        except PASSING as fault:
            return fault
        except EpochalError as refused:
            self._refuse(parcel, refused)
        except FileNotFoundError:
            warn("epochal: %s is gone before it was sent: %s", parcel.place, parcel.path)
        except Exception as fault:  # noqa: BLE001 - training must never feel what breaks here
            trace("epochal: a porter stumbled")
            if self._failed_in_a_row < MAX_ATTEMPTS:
                return fault
            self._refuse(parcel, EpochalError(repr(fault)))
        else:
            parcel.crate.take_out()
        return None

    def _refuse(self, parcel: Parcel, error: EpochalError) -> None:
        self.refusals.append(Refusal(parcel.key, error))
        _set_aside(parcel, self._refused, error)

    def _note_progress(self, moved: int) -> None:
        self._moved_at = time.monotonic()
        progress = self._progress
        if progress is not None:
            progress.add(moved)

    def _note_failure(self, parcel: Parcel, fault: Exception) -> None:
        """Put a parcel back unless a newer version waits. Under the lock."""
        if any(other.key == parcel.key for other in self._waiting):
            parcel.crate.take_out()
        else:
            self._waiting.appendleft(parcel)
        self._failures += 1
        self._failed_in_a_row += 1
        self.fault = fault
        retry_s = min(FIRST_RETRY_S * 2 ** (self._failed_in_a_row - 1), MAX_RETRY_S)
        self._retry_at = time.monotonic() + retry_s
        if self._failed_in_a_row == 1:
            warn(
                "epochal: artifacts cannot be sent to %s: %s. They wait in %s and are sent as "
                "soon as possible.",
                self._uri,
                fault,
                os.path.dirname(parcel.place),
            )


def _set_aside(parcel: Parcel, refused: str, error: EpochalError) -> None:
    """Move a parcel that the store will never take where people find it, and say so."""
    writer = os.path.basename(os.path.dirname(os.path.dirname(parcel.place)))
    name = os.path.basename(parcel.place).removesuffix(parcels.SUFFIX)
    kept = os.path.join(refused, f"{writer}-{name}-{parcel.at}{parcels.SUFFIX}")
    try:
        os.makedirs(refused, mode=0o700, exist_ok=True)
        parcels.copy_alone(parcel, kept)
    except (OSError, NoRoomError) as fault:
        kept = f"{parcel.place} ({fault})"
    warn(
        "epochal: the store refused the artifact %r of run %s: %s (it is kept in %s)",
        parcel.path,
        parcel.run_id,
        error,
        kept,
    )


def carry_left(folder: str, files_of: Callable[[str], Files]) -> int:
    """Send what a dead writer left, and say how many files it was. For a process of its own.

    Raises:
        ConnectionLostError, UnavailableError, UnauthenticatedError: what is left stays.

    """
    carried = 0
    found = (parcel for left in parcels.iter_left(folder) for parcel in parcels.read_parcels(left))
    for parcel in found:
        try:
            with parcel.open() as content:
                files_of(parcel.run_id).write_artifact(parcel.path, content)
        except PASSING:
            raise
        except EpochalError as refused:
            _set_aside(parcel, os.path.join(os.path.dirname(folder), REFUSED), refused)
            continue
        parcel.crate.take_out()
        carried += 1
    return carried


def _read(parcel: Parcel) -> bytes:
    with parcel.open() as content:
        return content.read()


def _digest(parcel: Parcel, content: BinaryIO) -> str | None:
    """The digest of a long parcel, noted for its source."""
    if parcel.identity is None:
        return None
    found = digests.digest_of(content)
    digests.remember(parcel.identity, found)
    return found
