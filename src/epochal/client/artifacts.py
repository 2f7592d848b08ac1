"""Files on their way into and out of runs."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, Any

from epochal.client.transfers.local_trees import StrPath
from epochal.errors import CorruptDataError, InvalidParameterError, NotFoundError
from epochal.rules.paths import ArtifactPath

if TYPE_CHECKING:
    from epochal.client.transport import Files
    from epochal.entities import FileInfo

__all__ = ["StrPath"]


def check_file_path(path: str) -> None:
    """Raises InvalidPathError, InvalidParameterError unless a path may name a file of a run."""
    if not ArtifactPath.parse(path).segments or path.endswith("/"):
        raise InvalidParameterError(f"{path!r} names no file; give a path such as 'notes/a.txt'")


def read_bytes(files: Files, path: str) -> bytes:
    """All bytes of a file, verified where the store knows its digest.

    Raises:
        NotFoundError: there is no such file.
        CorruptDataError: they are not what the store says it keeps.

    """
    with files.open_artifact(path) as incoming:
        data = incoming.read_all()
    if incoming.sha256 is not None:
        from hashlib import sha256

        found = sha256(data).hexdigest()
        if found != incoming.sha256:
            raise CorruptDataError(
                f"artifact {path!r}", f"its SHA-256 is {found}, not {incoming.sha256}"
            )
    return data


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
        ConnectionLostError: the line broke again and again; asking again goes on from there.

    """
    from epochal.client.transfers import downloads

    found = find_artifact(files, path)
    if found is None:
        raise NotFoundError("artifact", path)
    target = os.path.join(folder, *ArtifactPath.parse(path).segments)
    if found.is_dir:
        downloads.fetch_folder(files, found.path, target)
    else:
        downloads.fetch_file(files, found.path, target)
    return target


def local_target(folder: StrPath | None) -> str:
    """The folder to download into, made if need be; a new temporary one if none is given."""
    if folder is None:
        import tempfile

        return tempfile.mkdtemp(prefix="epochal-")
    os.makedirs(folder, exist_ok=True)
    return os.fspath(folder)


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
