"""The folder in which one process keeps its journal, and how others see whether it lives.

`<journals>/<writer>/owner` is locked as long as the process lives and says which store the
records are for. The segments lie beside it. A folder whose owner is not locked is an orphan.
"""

from __future__ import annotations

import contextlib
import os
import stat
import threading
from typing import TYPE_CHECKING

from epochal.client.filelock import open_locked
from epochal.client.notices import warn
from epochal.client.segment import SUFFIX, Segment, create_segment

if TYPE_CHECKING:
    from collections.abc import Iterator

OWNER = "owner"
UNFINISHED = ".new"  # a folder that its process is only just making
PARCELS = "parcels"  # below a writer's folder: files that are on their way
REFUSED = "refused"  # what the store would not take lies here, for people to look at
WRITER_BYTES = 16  # of chance, in the name of a writer
MAX_MEMORY_SEGMENTS = 32  # with no disk to write to, at most 32 times 8 MiB are held

_living: set[str] = set()  # the writers of this process that have a folder


class WriterFolder:
    """Makes the files of one writer, falling back to the temporary folder and then to memory.

    Safe from any thread: the first records of several threads make one folder, not several.
    """

    def __init__(self, journals: str, uri: str, target: str) -> None:
        """Open nothing yet.

        Args:
            journals: where the folder will be made.
            uri: the store as the user named it, for messages.
            target: the store as any process can open it later; it is kept on disk, so it
                must hold no password.

        """
        self.journals = journals
        self.uri = uri
        self._target = target
        self.restart()

    def restart(self) -> None:
        """Become a new writer, as a forked child must."""
        self._making = threading.RLock()  # a signal handler may log while this is held
        self.writer = os.urandom(WRITER_BYTES).hex()
        self.path: str | None = None  # None until something was written, or when no disk can be
        self._parcels: str | None = None
        self._owner = -1
        self._count = 0
        self._in_memory = 0

    @property
    def is_in_memory(self) -> bool:
        """Whether no disk takes the journal at present."""
        return self._in_memory > 0

    def create_segment(self, size: int) -> Segment | None:
        """A new segment on the best place that takes it; None when there is none left."""
        with self._making:
            return self._create_somewhere(size)

    @property
    def refused(self) -> str:
        """Where lies what the store would not take."""
        return os.path.join(self.journals, REFUSED)

    def parcels_folder(self) -> str | None:
        """Where files wait that are on their way, made if need be; None when no disk takes it."""
        if self._parcels is not None:
            return self._parcels
        with self._making:
            try:
                if self.path is None:
                    self._found(self.journals)
                folder = os.path.join(self.path or self.journals, PARCELS)
                os.makedirs(folder, mode=0o700, exist_ok=True)
            except OSError as fault:
                warn("epochal: files cannot be kept in %s: %s", self.journals, fault.strerror)
                return None
            self._parcels = folder
            return folder

    def _create_somewhere(self, size: int) -> Segment | None:
        places = (self.journals, _temporary_journals()) if self.path is None else (self.path,)
        for place in places:
            try:
                return self._create_below(place, size)
            except OSError as fault:
                warn("epochal: the journal cannot be written in %s: %s", place, fault.strerror)
        return self._create_in_memory(size)

    def _create_below(self, place: str, size: int) -> Segment:
        if self.path is None:
            self._found(place)
        path = os.path.join(self.path or place, f"{self._count + 1:08}{SUFFIX}")
        segment = create_segment(path, size)
        self._count += 1  # the numbers on disk have no gaps, so that a missing file is noticed
        self._in_memory = 0
        return segment

    def _found(self, journals: str) -> None:
        """Make the folder. It gets its name when its owner is locked, so no orphan is seen."""
        folder = os.path.join(journals, self.writer)
        os.makedirs(folder + UNFINISHED, mode=0o700, exist_ok=True)
        owner = open_locked(os.path.join(folder + UNFINISHED, OWNER), create=True)
        if owner is None:
            raise OSError(f"{folder} belongs to another process")
        os.write(owner, self._target.encode())
        _living.add(self.writer)  # before another thread may find it and take it for an orphan
        os.rename(folder + UNFINISHED, folder)
        self.path, self._owner = folder, owner
        if journals != self.journals:
            warn("epochal: the journal is kept in %s instead", folder)

    def _create_in_memory(self, size: int) -> Segment | None:
        self._in_memory += 1
        if self._in_memory > MAX_MEMORY_SEGMENTS:
            if self._in_memory == MAX_MEMORY_SEGMENTS + 1:
                warn(
                    "epochal: no disk takes the journal and the store takes nothing either; "
                    "what is logged from here on is lost until one of them does"
                )
            return None
        if self._in_memory == 1:
            warn(
                "epochal: no disk takes the journal; it is held in memory, "
                "and what is not delivered when this process ends is lost"
            )
        return create_segment(None, size)

    def close(self) -> None:
        """Let go of the folder, and remove it if it is empty but for its owner. Idempotent."""
        if self.path is not None:
            remove_if_empty(self.path)
        if self._owner >= 0:
            os.close(self._owner)
        _living.discard(self.writer)
        self.restart()

    def abandon(self) -> None:
        """After a fork: close the descriptor of the parent's lock and touch nothing of it."""
        _living.clear()
        if self._owner >= 0:
            os.close(self._owner)
        self.restart()


def _temporary_journals() -> str:
    import tempfile

    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    folder = os.path.join(tempfile.gettempdir(), f"epochal-journal-{user}")
    if hasattr(os, "getuid") and os.path.lexists(folder):
        found = os.lstat(folder)
        if found.st_uid != os.getuid() or not stat.S_ISDIR(found.st_mode):
            # Anybody may make this name beforehand; then one is made that nobody knew.
            return tempfile.mkdtemp(prefix="epochal-journal-")
    return folder


def remove_if_empty(folder: str) -> None:
    """Remove a writer's folder that holds no segment and no parcel any more."""
    with contextlib.suppress(OSError):
        os.rmdir(os.path.join(folder, PARCELS))
    with contextlib.suppress(OSError):
        if os.listdir(folder) == [OWNER]:
            os.unlink(os.path.join(folder, OWNER))
            os.rmdir(folder)


def iter_orphans(journals: str) -> Iterator[tuple[str, int]]:
    """Folders of writers that no longer live, each with a descriptor that holds its lock now.

    The writers of this very process are passed over by name: record locks do not tell a
    process from itself, and closing a second descriptor would even release the first.
    """
    for folder in writer_folders(journals):
        if os.path.basename(folder) in _living:
            continue
        with contextlib.suppress(OSError):
            owner = open_locked(os.path.join(folder, OWNER), create=False)
            if owner is None:
                continue
            if os.fstat(owner).st_nlink:  # else another process took it in just before
                yield folder, owner
            else:
                os.close(owner)


def has_orphans(journals: str) -> bool:
    """Whether a process that no longer lives left a journal here."""
    for _, owner in iter_orphans(journals):
        os.close(owner)
        return True
    return False


def writer_folders(journals: str) -> list[str]:
    """The folders of all writers, alive or dead."""
    try:
        names = os.listdir(journals)
    except OSError:
        return []
    return [os.path.join(journals, n) for n in sorted(names) if _is_writer(n)]


def _is_writer(name: str) -> bool:
    return len(name) == 2 * WRITER_BYTES and name.isalnum()


def has_writers(journals: str) -> bool:
    """Whether any process, alive or dead, keeps a journal here."""
    return bool(writer_folders(journals))
