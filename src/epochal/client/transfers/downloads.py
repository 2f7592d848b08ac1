"""Bringing artifacts to this machine: whole, verified, and from where a broken line left off."""

from __future__ import annotations

import contextlib
import glob
import os
import random
import time
from hashlib import sha256
from typing import TYPE_CHECKING

from epochal.client.transfers.checksums import RING, Checksum
from epochal.client.transfers.progress import Progress
from epochal.client.transfers.threads import for_each
from epochal.errors import (
    ConnectionLostError,
    CorruptDataError,
    InvalidParameterError,
    UnavailableError,
)
from epochal.rules.paths import ArtifactPath

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import FileIO

    from epochal.client.transfers.incoming import Incoming
    from epochal.client.transport import Files
    from epochal.entities import FileInfo

MAX_BREAKS = 5  # in a row, without a single byte in between
FIRST_WAIT_S = 0.2
RESUMED_BYTES = 4 << 20  # what is shorter is fetched again rather than kept half done
_PARTIAL = ".partial"
_CHUNK_BYTES = 1 << 20


def fetch_file(files: Files, path: str, target: str) -> None:
    """Copy one artifact; it appears under its name when it is whole. Raises NotFoundError."""
    _fetch_all(files, [(path, target, 0)])


def fetch_folder(files: Files, folder: str, target: str) -> None:
    """Copy all below a folder of artifacts into a local one."""
    os.makedirs(target, exist_ok=True)
    root = ArtifactPath.parse(folder)
    wanted: list[tuple[str, str, int]] = []
    for entry in iter_tree(files, folder):
        below = ArtifactPath.parse(entry.path).relative_to(root) or ArtifactPath()
        wanted.append((entry.path, os.path.join(target, *below.segments), entry.file_size or 0))
    for place in sorted({os.path.dirname(target) for _, target, _ in wanted}):
        os.makedirs(place, exist_ok=True)
    _fetch_all(files, wanted)


def iter_tree(files: Files, folder: str) -> Iterator[FileInfo]:
    """Every file below a folder, folder by folder."""
    for entry in files.list_artifacts(folder):
        if entry.is_dir:
            yield from iter_tree(files, entry.path)
        else:
            yield entry


def _fetch_all(files: Files, wanted: list[tuple[str, str, int]]) -> None:
    total = sum(size for _, _, size in wanted)
    with Progress("Downloading artifacts", total) as progress:
        for_each(wanted, lambda one: _Fetching(files, one[0], one[1], progress.add).run())


class _Fetching:
    """One file being fetched, over as many lines as it takes."""

    def __init__(
        self, files: Files, path: str, target: str, on_progress: Callable[[int], None]
    ) -> None:
        self._files = files
        self._path = path
        self._target = target
        self._on_progress = on_progress
        self._checksum = Checksum(is_long=False)
        self._is_long = False
        self._position = 0
        self._tag: str | None = None

    def run(self) -> None:
        """Fetch it, verify it, and give it its name.

        Raises:
            NotFoundError: there is nothing at the path.
            ConnectionLostError, UnavailableError: the line broke again and again; a long piece is kept and the
                next attempt goes on behind it.
            CorruptDataError: what came is not what the store says it keeps, twice.

        """
        if os.path.isdir(self._target):
            raise InvalidParameterError(f"{self._target!r} is a folder; a file would be put there")
        os.makedirs(os.path.dirname(self._target) or ".", exist_ok=True)
        incoming = self._files.open_artifact(self._path)
        self._tag = incoming.tag or incoming.sha256
        with incoming:
            self._is_long = (incoming.size or 0) >= RESUMED_BYTES
            self._checksum = Checksum(is_long=self._is_long)
            partial = self._begin(incoming.size)
            try:
                self._complete(incoming, partial)
                os.replace(partial, self._target)
            except (ConnectionLostError, UnavailableError):
                if self._tag and self._position >= RESUMED_BYTES:
                    os.replace(partial, self._partial_name("0"))
                raise
            finally:
                self._checksum.close()
                with contextlib.suppress(OSError):
                    os.unlink(partial)

    def _complete(self, incoming: Incoming, partial: str) -> None:
        """Receive everything; once more if it is not what the store says."""
        with open(partial, "ab+", buffering=0) as file:
            self._take_up(file, incoming.size)
            self._receive(None if self._position else incoming, file)
            expected = incoming.sha256
            if expected and self._checksum.hexdigest() != expected:
                self._start_over(file)
                self._receive(None, file)
                found = self._checksum.hexdigest()
                if found != expected:
                    raise CorruptDataError(
                        f"artifact {self._path!r}", f"its SHA-256 is {found}, not {expected}"
                    )

    def _take_up(self, file: FileIO, whole: int | None) -> None:
        """Go on behind what an earlier attempt left in the partial file."""
        size = file.seek(0, os.SEEK_END)
        if size and (whole is None or size > whole):
            file.truncate(0)
            return
        file.seek(0)
        while chunk := file.read(_CHUNK_BYTES):
            self._note(chunk)

    def _receive(self, first: Incoming | None, file: FileIO) -> None:
        """Fetch all that is missing, from where it stopped whenever the line breaks."""
        breaks = 0
        stream = first
        while True:
            before = self._position
            try:
                if stream is None:
                    with self._files.open_artifact(self._path, self._position) as stream:
                        self._check_same(stream, file)
                        self._drain(stream, file)
                else:
                    self._drain(stream, file)
            except ConnectionLostError:
                breaks = 1 if self._position > before else breaks + 1
                if breaks > MAX_BREAKS:
                    raise
                time.sleep(FIRST_WAIT_S * 2 ** (breaks - 1) * random.uniform(0.8, 1.2))  # noqa: S311 - spreads clients out
                stream = None
            else:
                return

    def _check_same(self, again: Incoming, file: FileIO) -> None:
        """Begin anew when the file has changed since, or only comes from its beginning."""
        tag = again.tag or again.sha256
        if again.start == self._position and tag is not None and tag == self._tag:
            return
        self._start_over(file)
        self._tag = tag
        if again.start:
            raise ConnectionLostError(f"The artifact {self._path!r} changed on its way here")

    def _start_over(self, file: FileIO) -> None:
        self._on_progress(-self._position)
        self._checksum.close()
        self._position, self._checksum = 0, Checksum(is_long=self._is_long)
        file.truncate(0)

    def _drain(self, incoming: Incoming, file: FileIO) -> None:
        def keep(piece: memoryview) -> None:
            file.write(piece)
            self._note(piece)

        incoming.pour(keep, buffers=RING if self._is_long else 1)

    def _note(self, piece: memoryview | bytes) -> None:
        self._checksum.update(piece)
        self._position += len(piece)
        self._on_progress(len(piece))

    def _begin(self, size: int | None) -> str:
        """The unfinished file to write: that of a dead or broken attempt, if there is one."""
        mine = self._partial_name(f"{os.getpid()}-{os.urandom(4).hex()}")
        if self._tag and size and size >= RESUMED_BYTES:
            names = glob.escape(self._partial_name("0").removesuffix(f"0{_PARTIAL}"))
            for left in glob.glob(f"{names}*{_PARTIAL}"):
                if not _is_alive(left):
                    with contextlib.suppress(OSError):  # another process takes it up
                        os.rename(left, mine)
                        return mine
        return mine

    def _partial_name(self, owner: str) -> str:
        """Beside the target, with what tells this content and whose attempt it is."""
        tag = sha256((self._tag or "").encode()).hexdigest()[:12]
        return f"{self._target}.{tag}.{owner}{_PARTIAL}"


def _is_alive(partial: str) -> bool:
    """Whether the process lives whose number stands in the name; 0 stands for none."""
    owner = partial.removesuffix(_PARTIAL).rpartition(".")[2]
    number = owner.partition("-")[0]
    if number == "0" or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
