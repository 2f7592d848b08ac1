"""What lies below a path of this machine and can be kept as artifacts."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from epochal.client.notices import warn
from epochal.errors import InvalidParameterError
from epochal.rules.paths import ArtifactPath
from epochal.settings import DATABASE_NAME, FOLDER_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

StrPath = str | os.PathLike[str]


class LocalFile(NamedTuple):
    """A regular file of this machine, and the artifact path that it will have."""

    place: str
    path: str
    size: int


def gather(local_path: StrPath, artifact_path: str | None) -> list[LocalFile]:
    """A file, or a folder under its own name with all below it.

    Raises:
        InvalidParameterError: there is nothing, or nothing that can be read as a file.
        InvalidPathError: the artifact path tries to leave its root.

    """
    place = os.fspath(local_path)
    if os.path.isdir(place):
        name = os.path.basename(os.path.abspath(place))
        return gather_folder(place, joined(artifact_path, name))
    if not os.path.exists(place):
        raise InvalidParameterError(f"No such file or folder: {place!r}")
    size, fault = _inspect(place)
    if fault:
        raise InvalidParameterError(f"{place!r} cannot be kept: {fault}")
    return [LocalFile(place, _checked(joined(artifact_path, os.path.basename(place))), size)]


def gather_folder(local_dir: StrPath, artifact_path: str | None) -> list[LocalFile]:
    """All below a folder, but for stores of Epochal that lie in it, by path.

    The working folder often holds the store itself, which would be copied into itself. What
    cannot be kept (dangling links, pipes, files that may not be read) is named in a warning
    and left out: one of them must not cost the other thousand.

    Raises:
        InvalidParameterError: it is no folder.
        InvalidPathError: the artifact path tries to leave its root.

    """
    root = os.fspath(local_dir)
    if not os.path.isdir(root):
        raise InvalidParameterError(f"No such folder: {root!r}")
    _checked(artifact_path or "")
    found: list[LocalFile] = []
    for folder, below, names in _walk(root):
        target = joined(artifact_path, below)
        for name in sorted(names):
            place = os.path.join(folder, name)
            size, fault = _inspect(place)
            if fault:
                warn("epochal: %r is left out: %s", place, fault)
                continue
            found.append(LocalFile(place, _checked(joined(target, name)), size))
    return found


def _walk(root: str) -> Iterator[tuple[str, str, list[str]]]:
    """Each folder, its path below the root with slashes, and the names of its files."""
    for folder, folders, names in os.walk(root, onerror=_warn_of_folder):
        for name in folders:
            if os.path.islink(os.path.join(folder, name)):
                warn("epochal: %r is left out: links to folders are not followed", name)
        folders[:] = sorted(name for name in folders if not _is_store(os.path.join(folder, name)))
        below = os.path.relpath(folder, root).replace(os.sep, "/")
        yield folder, "" if below == "." else below, names


def _warn_of_folder(fault: OSError) -> None:
    warn("epochal: the folder %r is left out: %s", fault.filename, fault.strerror)


def _is_store(folder: str) -> bool:
    return folder.endswith(FOLDER_NAME) or os.path.isfile(os.path.join(folder, DATABASE_NAME))


def _inspect(place: str) -> tuple[int, str | None]:
    """The size of a file, and why it cannot be kept, if so. A pipe is not opened: it blocks."""
    try:
        found = os.stat(place)
    except OSError as fault:
        is_link = os.path.islink(place)
        return 0, "the link leads nowhere" if is_link else fault.strerror
    if not stat.S_ISREG(found.st_mode):
        return 0, "it is no regular file"
    if not os.access(place, os.R_OK):
        return 0, "it may not be read"
    return found.st_size, None


def _checked(path: str) -> str:
    ArtifactPath.parse(path)
    return path


def joined(folder: str | None, name: str) -> str:
    """A path below a folder; a leading slash stays and is refused where paths are checked."""
    if not folder:
        return name
    return f"{folder.rstrip('/')}/{name}" if name else folder
