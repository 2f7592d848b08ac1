"""Files on their way into and out of runs."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, Any

from epochal.errors import InvalidParameterError, NotFoundError
from epochal.rules.paths import ArtifactPath
from epochal.settings import DATABASE_NAME, FOLDER_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from epochal.client.transport import Files
    from epochal.entities import FileInfo

StrPath = str | os.PathLike[str]
_CHUNK_BYTES = 1 << 20


def upload_path(files: Files, local_path: StrPath, artifact_path: str | None) -> None:
    """Keep a local file, or a folder under its own name with all below it.

    Raises:
        InvalidParameterError: there is nothing at `local_path`.

    """
    place = os.fspath(local_path)
    if os.path.isdir(place):
        name = os.path.basename(os.path.abspath(place))
        upload_folder(files, place, _joined(artifact_path, name))
    elif os.path.exists(place):
        _upload_file(files, place, _joined(artifact_path, os.path.basename(place)))
    else:
        raise InvalidParameterError(f"No such file or folder: {place!r}")


def upload_folder(files: Files, local_dir: StrPath, artifact_path: str | None) -> None:
    """Keep everything below a local folder, but for stores of Epochal that lie in it.

    The working folder often holds the store itself, which would be copied into itself.

    Raises:
        InvalidParameterError: it is no folder, or holds what cannot be read.

    """
    root = os.fspath(local_dir)
    if not os.path.isdir(root):
        raise InvalidParameterError(f"No such folder: {root!r}")
    for folder, below, names in list(_walk_local(root)):
        target = _joined(artifact_path, below)
        for name in sorted(names):
            _upload_file(files, os.path.join(folder, name), _joined(target, name))


def _walk_local(root: str) -> Iterator[tuple[str, str, list[str]]]:
    """Each folder, its path below the root with slashes, and the names of its files."""
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not _is_store(os.path.join(folder, name))]
        below = os.path.relpath(folder, root).replace(os.sep, "/")
        yield folder, "" if below == "." else below, names


def _is_store(folder: str) -> bool:
    return folder.endswith(FOLDER_NAME) or os.path.isfile(os.path.join(folder, DATABASE_NAME))


def _upload_file(files: Files, local_path: str, path: str) -> None:
    if os.path.exists(local_path) and not os.path.isfile(local_path):  # a pipe would block
        raise InvalidParameterError(f"{local_path!r} cannot be kept: it is no regular file")
    try:
        content = open(local_path, "rb")  # noqa: SIM115 - closed below, opened apart from errors there
    except OSError as fault:
        raise InvalidParameterError(f"{local_path!r} cannot be read: {fault.strerror}") from None
    with content:
        files.write_artifact(path, content)


def write_bytes(files: Files, path: str, data: bytes) -> None:
    """Keep a file whose bytes are at hand."""
    if not path or path.endswith("/"):
        raise InvalidParameterError(f"{path!r} names no file; give a path such as 'notes/a.txt'")
    files.write_artifact(path, io.BytesIO(data))


def read_bytes(files: Files, path: str) -> bytes:
    """All bytes of a file. Raises NotFoundError."""
    with files.read_artifact(path) as stream:
        return stream.read()


def find_artifact(files: Files, path: str) -> FileInfo | None:
    """The entry at a path, None where there is nothing; the root is always a folder."""
    from epochal.entities import FileInfo

    parsed = ArtifactPath.parse(path)
    if not parsed.segments:
        return FileInfo("", is_dir=True)
    siblings = files.list_artifacts(str(parsed.parent))
    return next((entry for entry in siblings if entry.path == str(parsed)), None)


def download(files: Files, path: str, folder: str) -> str:
    """Copy a file, or a folder with all below it, to a local folder; say where it lies now.

    Raises:
        NotFoundError: there is nothing at the path.

    """
    found = find_artifact(files, path)
    if found is None:
        raise NotFoundError("artifact", path)
    target = os.path.join(folder, *ArtifactPath.parse(path).segments)
    if not found.is_dir:
        _download_file(files, found.path, target)
        return target
    os.makedirs(target, exist_ok=True)
    for entry in _walk(files, found.path):
        _download_file(
            files, entry.path, os.path.join(folder, *ArtifactPath.parse(entry.path).segments)
        )
    return target


def local_target(folder: StrPath | None) -> str:
    """The folder to download into, made if need be; a new temporary one if none is given."""
    if folder is None:
        import tempfile

        return tempfile.mkdtemp(prefix="epochal-")
    os.makedirs(folder, exist_ok=True)
    return os.fspath(folder)


def _walk(files: Files, path: str) -> Iterator[FileInfo]:
    for entry in files.list_artifacts(path):
        if entry.is_dir:
            yield from _walk(files, entry.path)
        else:
            yield entry


def _download_file(files: Files, path: str, target: str) -> None:
    """Copy one file; it appears under its name only when it is whole."""
    import shutil

    os.makedirs(os.path.dirname(target) or ".", exist_ok=True)
    partial = f"{target}.partial-{os.getpid()}"
    try:
        with files.read_artifact(path) as source, open(partial, "wb") as file:
            shutil.copyfileobj(source, file, _CHUNK_BYTES)
        os.replace(partial, target)
    finally:
        if os.path.exists(partial):
            os.unlink(partial)


def spell_dictionary(dictionary: Any, path: str) -> bytes:
    """A dictionary as YAML if the path says so, else as JSON, for people to read."""
    if path.lower().endswith((".yml", ".yaml")):
        import yaml

        text: str = yaml.safe_dump(dictionary, default_flow_style=False, allow_unicode=True)
        return text.encode()
    return spell_plain(dictionary, indent=2)


def spell_plain(value: Any, indent: int | None = None) -> bytes:
    """JSON of plain values, and of numbers, arrays and dates of other libraries."""
    import json

    return json.dumps(value, indent=indent, default=_spell_foreign).encode()


def _spell_foreign(value: Any) -> Any:
    """Numbers and arrays of other libraries as JSON's own; anything else as its text."""
    for method in ("tolist", "isoformat"):
        if hasattr(value, method):
            return getattr(value, method)()
    return str(value)


def draw_figure(figure: Any, path: str, save_kwargs: dict[str, Any] | None) -> bytes:
    """A matplotlib or plotly figure as the bytes of a file of the kind that the path names.

    Raises:
        InvalidParameterError: it is neither, or the kind is not one that it can be saved as.

    """
    kind = os.path.splitext(path)[1].lstrip(".").lower()
    buffer = io.BytesIO()
    options = dict(save_kwargs or {})
    try:
        if hasattr(figure, "savefig"):
            figure.savefig(buffer, **({"format": kind or "png"} | options))
        elif hasattr(figure, "write_html") and kind in {"html", "htm", ""}:
            return str(figure.to_html(**({"include_plotlyjs": "cdn"} | options))).encode()
        elif hasattr(figure, "write_image"):
            return bytes(figure.to_image(format=kind, **options))
        else:
            raise InvalidParameterError(
                f"Unsupported figure type {type(figure).__name__}; "
                "give a matplotlib.figure.Figure or a plotly figure"
            )
    except ValueError as fault:
        raise InvalidParameterError(f"The figure cannot be saved as {path!r}: {fault}") from None
    return buffer.getvalue()


def _joined(folder: str | None, name: str) -> str:
    """A path below a folder; a leading slash stays and is refused where paths are checked."""
    if not folder:
        return name
    return f"{folder.rstrip('/')}/{name}" if name else folder
