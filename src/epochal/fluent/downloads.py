"""Reading files by URI: `runs:/…`, the artifact URI of a run, a local folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from epochal.client.stores import open_store
from epochal.client.tracking_uri import resolve
from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from epochal.client.artifacts import StrPath
    from epochal.client.transport import Files
    from epochal.entities import FileInfo


def download_artifacts(
    artifact_uri: str | None = None,
    run_id: str | None = None,
    artifact_path: str | None = None,
    dst_path: StrPath | None = None,
    tracking_uri: str | None = None,
) -> str:
    """Copy a file or folder to this machine and say where it lies now.

    Args:
        artifact_uri: `runs:/<run id>/<path>`, or an artifact URI; instead of a run.
        run_id: the run; instead of a URI.
        artifact_path: a path among the run's files; all of them if None.
        dst_path: the folder to copy to; a new temporary one if None.
        tracking_uri: another store than the current one.

    Raises:
        InvalidParameterError: not exactly one of `artifact_uri` and `run_id`.
        NotFoundError: there is nothing.

    """
    from epochal.client import artifacts

    files, path = _locate(artifact_uri, run_id, artifact_path, tracking_uri)
    folder = artifacts.local_target(dst_path)
    found = artifacts.download(files, path, folder)
    return found + os.sep if path == "" else found


def list_artifacts(
    artifact_uri: str | None = None,
    run_id: str | None = None,
    artifact_path: str | None = None,
    tracking_uri: str | None = None,
) -> list[FileInfo]:
    """What lies directly below a URI or a run's path. Raises as `download_artifacts`."""
    files, path = _locate(artifact_uri, run_id, artifact_path, tracking_uri)
    return files.list_artifacts(path)


def load_text(artifact_uri: str) -> str:
    """A text file's content. Raises as `download_artifacts`."""
    return _read(artifact_uri).decode()


def load_dict(artifact_uri: str) -> Any:
    """The content of a JSON file. Raises as `download_artifacts`."""
    import json

    try:
        return json.loads(_read(artifact_uri))
    except ValueError as fault:
        raise InvalidParameterError(f"{artifact_uri!r} is no JSON: {fault}") from None


def load_image(artifact_uri: str) -> Any:
    """An image as a Pillow image. Raises as `download_artifacts`."""
    import io

    from PIL import Image, UnidentifiedImageError

    try:
        return Image.open(io.BytesIO(_read(artifact_uri)))
    except UnidentifiedImageError:
        raise InvalidParameterError(f"{artifact_uri!r} is no image") from None


def _read(artifact_uri: str) -> bytes:
    from epochal.client import artifacts

    files, path = _locate(artifact_uri, None, None, None)
    return artifacts.read_bytes(files, path)


def _locate(
    uri: str | None, run_id: str | None, path: str | None, tracking_uri: str | None
) -> tuple[Files, str]:
    """Where the files are, and the path among them that is meant."""
    if (uri is None) == (run_id is None):
        raise InvalidParameterError("Give exactly one of artifact_uri and run_id")
    if uri is not None and path is not None:
        raise InvalidParameterError("artifact_path goes with run_id, not with artifact_uri")
    transport = open_store(resolve(tracking_uri)).reader()
    if uri is not None and uri.startswith("runs:/"):
        run_id, _, path = uri.removeprefix("runs:/").lstrip("/").partition("/")
    if run_id is not None:
        return transport.files(transport.get_run(run_id).info), path or ""
    folder, _, name = _absolute(str(uri)).rstrip("/").rpartition("/")
    return transport.files_at(folder), name


def _absolute(uri: str) -> str:
    return uri if urlsplit(uri).scheme else os.path.abspath(uri)
