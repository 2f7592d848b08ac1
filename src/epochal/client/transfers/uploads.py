"""Sending files to where a run keeps its artifacts, while the caller waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, TypeVar

from epochal.client.notices import warn
from epochal.client.transfers import digests
from epochal.client.transfers.digests import Identity
from epochal.client.transfers.progress import Progress
from epochal.client.transfers.threads import for_each

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from epochal.client.transfers.local_trees import LocalFile
    from epochal.client.transport import Files

T = TypeVar("T")

SMALL_BYTES = 64 << 10  # several of these go in one request
BUNDLE_FILES = 64
BUNDLE_BYTES = 1 << 20


def send(files: Files, gathered: Sequence[LocalFile]) -> None:
    """Keep every file; one that vanished or may not be read by now is named in a warning.

    Raises:
        EpochalError: the store refuses a file, or is out of reach; others may be kept by then.

    """
    with Progress("Uploading artifacts", sum(file.size for file in gathered)) as progress:
        rest = _send_small(files, gathered, progress)

        def send_one(file: LocalFile) -> None:
            content = _open(file)
            if content is not None:
                with content:
                    _write(files, file, content, progress)

        for_each(rest, send_one)


def _send_small(
    files: Files, gathered: Sequence[LocalFile], progress: Progress
) -> Sequence[LocalFile]:
    """Send small files many at a time; those that are left to be sent one by one."""
    small = [file for file in gathered if file.size <= SMALL_BYTES]
    if files.is_near or len(small) <= 1:
        return gathered
    refused: list[LocalFile] = []

    def send_some(some: Sequence[LocalFile]) -> None:
        found = [(file.path, read(file)) for file in some]
        there = [(path, content) for path, content in found if content is not None]
        errors = files.write_small(there)
        if errors is None:
            refused.extend(some)
            return
        progress.add(sum(len(content) for _, content in there))
        for error in errors:
            if error is not None:
                raise error

    for_each(bundled(small, lambda file: file.size), send_some)
    return [*(file for file in gathered if file.size > SMALL_BYTES), *refused]


def bundled(items: Sequence[T], size_of: Callable[[T], int]) -> Iterator[list[T]]:
    """Items in their order, as many at a time as go into one request."""
    some: list[T] = []
    size = 0
    for item in items:
        if some and (len(some) >= BUNDLE_FILES or size + size_of(item) > BUNDLE_BYTES):
            yield some
            some, size = [], 0
        some.append(item)
        size += size_of(item)
    if some:
        yield some


def read(file: LocalFile) -> bytes | None:
    """All of a small file; None, with a warning, if it cannot be read by now."""
    content = _open(file)
    if content is None:
        return None
    with content:
        return content.read()


def _open(file: LocalFile) -> BinaryIO | None:
    try:
        return open(file.place, "rb")
    except OSError as fault:
        warn("epochal: %r is left out: %s", file.place, fault.strerror)
        return None


def _write(files: Files, file: LocalFile, content: BinaryIO, progress: Progress) -> None:
    """Send one file; of a long one that goes to another machine the digest is noted."""
    digest = None
    if file.size >= digests.NOTED_BYTES and not files.is_near:
        before = Identity.of(content)
        digest = digests.recall(before)
        if digest is None:
            digest = digests.digest_of(content)
            if before.is_same(Identity.of(content)):
                digests.remember(before, digest)
    files.write_artifact(file.path, content, progress.add, digest)
