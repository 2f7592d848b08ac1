"""What one can do with the files of runs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from epochal.entities import FileInfo
from epochal.errors import InvalidPathError, NotFoundError
from epochal.rules.paths import ArtifactPath

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from epochal.ports.blobs import BlobStore, BlobWriter, OpenFile
    from epochal.ports.tracking import TrackingStore
    from epochal.services.locations import ArtifactRoots, Presentation


MAX_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Artifacts:
    """Files by run, and files by their path below the server's own root (the proxy)."""

    store: TrackingStore
    roots: ArtifactRoots
    presentation: Presentation

    def list_run(self, run_id: str, path: str = "") -> tuple[str, list[FileInfo]]:
        """The run's artifact URI and what lies directly below `path`, relative to the run.

        Raises:
            NotFoundError, InvalidPathError, PermissionDeniedError.

        """
        stored = self.store.get_run(run_id).info.artifact_uri
        store, root = self.roots.resolve(stored)
        below = ArtifactPath.parse(path)
        entries = store.list_folder(root.joined(below))
        cut = len(str(root)) + 1 if root.segments else 0
        files = [FileInfo(e.path[cut:], e.is_dir, e.file_size) for e in entries]
        return self.presentation.uri(stored), files

    def open_run(self, run_id: str, path: str) -> OpenFile:
        """Raises NotFoundError, InvalidPathError, InvalidParameterError for a folder."""
        store, full = self._in_run(run_id, path)
        return store.open_file(full)

    def write_run(self, run_id: str, path: str) -> BlobWriter:
        """A writer for one file of a run. Raises as `open_run` does."""
        store, full = self._in_run(run_id, path)
        return store.open_write(file_path(full, path))

    def open_tree(
        self, run_id: str, path: str = ""
    ) -> tuple[str, Iterator[tuple[str, Callable[[], OpenFile]]]]:
        """A folder's name and all files in it, by their paths below it, to be opened in turn.

        A file is a folder that holds nothing else. Raises NotFoundError, InvalidPathError.
        """
        store, full = self._in_run(run_id, path)
        found = store.find(full)
        if found is None and path:
            raise NotFoundError("artifact", path)
        name = full.name if path else run_id
        if found is not None and not found.is_dir:
            return name, iter([(full.name, partial(store.open_file, full))])
        return name, _walk(store, full, ArtifactPath())

    def delete_run(self, run_id: str, path: str) -> None:
        """Remove a file or folder of a run, all its files when `path` is empty."""
        store, full = self._in_run(run_id, path)
        store.delete(full)

    def local_path(self, run_id: str, path: str = "") -> Path | None:
        """Where a file or folder of a run lies on this machine's disk, if it does."""
        store, full = self._in_run(run_id, path)
        return store.local_path(full)

    def list_root(self, path: str = "") -> list[FileInfo]:
        """What lies directly below a path of the server's root; paths are bare names."""
        entries = self.roots.default.list_folder(ArtifactPath.parse(path))
        return [FileInfo(e.path.rpartition("/")[2], e.is_dir, e.file_size) for e in entries]

    def open_root(self, path: str) -> OpenFile:
        """Raises NotFoundError, InvalidPathError, InvalidParameterError for a folder."""
        return self.roots.default.open_file(ArtifactPath.parse(path))

    def write_root(self, path: str) -> BlobWriter:
        """A writer for one file below the server's root. Raises InvalidPathError."""
        return self.roots.default.open_write(file_path(ArtifactPath.parse(path), path))

    def delete_root(self, path: str) -> None:
        """Remove a file or folder below the server's root; absent ones are no error."""
        parsed = ArtifactPath.parse(path)
        if not parsed.segments:
            raise InvalidPathError(path, "the whole artifact root is not deleted over HTTP")
        self.roots.default.delete(parsed)

    def _in_run(self, run_id: str, path: str) -> tuple[BlobStore, ArtifactPath]:
        store, root = self.roots.resolve(self.store.get_run(run_id).info.artifact_uri)
        return store, root.joined(ArtifactPath.parse(path))


def _walk(
    store: BlobStore, root: ArtifactPath, below: ArtifactPath
) -> Iterator[tuple[str, Callable[[], OpenFile]]]:
    if len(below.segments) > MAX_DEPTH:  # a folder that holds a link to itself
        raise InvalidPathError(str(below), f"it lies more than {MAX_DEPTH} folders deep")
    for entry in store.list_folder(root.joined(below)):
        path = ArtifactPath((*below.segments, entry.path.rpartition("/")[2]))
        if entry.is_dir:
            yield from _walk(store, root, path)
        else:
            yield str(path), partial(store.open_file, root.joined(path))


def file_path(path: ArtifactPath, given: str) -> ArtifactPath:
    """The path, if it can be a file's. Raises InvalidPathError."""
    if not path.segments or given.endswith("/"):
        raise InvalidPathError(given, "it names a folder; give the path of a file")
    return path
