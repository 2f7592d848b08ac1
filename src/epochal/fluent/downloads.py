"""Files by URI: `runs:/…`, `models:/…`, the artifact URI of a run, object stores, folders, the web."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from epochal.client.stores import open_store
from epochal.client.tracking_uri import resolve
from epochal.errors import InvalidParameterError
from epochal.rules.model_uris import is_model_uri, parse_model_uri
from epochal.settings import is_remote

if TYPE_CHECKING:
    from epochal.client.artifacts import StrPath
    from epochal.client.transport import Files
    from epochal.entities import FileInfo

FLUSH_S = 60.0  # without a byte moving: then what is there is read
WEB_SCHEMES = ("http", "https")


def download_artifacts(
    artifact_uri: str | None = None,
    run_id: str | None = None,
    artifact_path: str | None = None,
    dst_path: StrPath | None = None,
    tracking_uri: str | None = None,
) -> str:
    """Copy a file or folder to this machine and say where it lies now.

    Args:
        artifact_uri: `runs:/<run id>/<path>`, `models:/<name>/<version>` or `models:/<name>@<alias>`,
            an artifact URI (`mlflow-artifacts:/…`, `s3://…`,
            `gs://…`, `abfss://…`, `file:///…`, a folder), or the `https://…` address of a file;
            instead of a run.
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


def delete_artifacts(
    artifact_uri: str | None = None,
    run_id: str | None = None,
    artifact_path: str | None = None,
    tracking_uri: str | None = None,
) -> None:
    """Remove a file or a folder with all below it; absent ones are no error.

    A run's files are all removed when neither a URI nor a path says which.

    Raises:
        InvalidParameterError: not exactly one of `artifact_uri` and `run_id`.

    """
    files, path = _locate(artifact_uri, run_id, artifact_path, tracking_uri)
    files.delete_artifact(path)


def _locate(
    uri: str | None, run_id: str | None, path: str | None, tracking_uri: str | None
) -> tuple[Files, str]:
    """Where the files are, and the path among them that is meant."""
    if (uri is None) == (run_id is None):
        raise InvalidParameterError("Give exactly one of artifact_uri and run_id")
    if uri is not None and path is not None:
        raise InvalidParameterError("artifact_path goes with run_id, not with artifact_uri")
    if uri is not None and is_model_uri(uri):
        uri = _of_model(uri, tracking_uri)
    if uri is not None and uri.startswith("runs:/"):
        run_id, _, path = uri.removeprefix("runs:/").lstrip("/").partition("/")
    if run_id is not None:
        outbox = open_store(resolve(tracking_uri))
        outbox.flush_files(FLUSH_S)
        transport = outbox.reader()
        return transport.files(transport.get_run(run_id).info), path or ""
    return _locate_uri(_absolute(str(uri)), tracking_uri)


def _locate_uri(uri: str, tracking_uri: str | None) -> tuple[Files, str]:
    """The files of the folder that holds what a URI names, and its name there."""
    scheme = urlsplit(uri).scheme
    root, name = _split(uri)
    if scheme:
        name = unquote(name)
    if scheme in WEB_SCHEMES and not _is_of_server(uri, tracking_uri):
        from epochal.client.web_files import WebFile

        file = WebFile(uri)
        return file, file.name
    from epochal.client.places import find_files

    found = find_files(root)
    if found is None:
        outbox = open_store(resolve(tracking_uri))
        outbox.flush_files(FLUSH_S)
        found = outbox.transport.files_at(root)
    return found, name


def _split(uri: str) -> tuple[str, str]:
    """A URI or absolute path as the folder that holds it and its name; a root has none."""
    parts = urlsplit(uri)
    if not parts.scheme:
        return os.path.split(uri.rstrip("/") or "/")
    folder, _, name = parts.path.rstrip("/").rpartition("/")
    return urlunsplit((parts.scheme, parts.netloc, folder or "/", "", "")), name


def _is_of_server(uri: str, tracking_uri: str | None) -> bool:
    """Whether an address leads to the proxy of the tracking server itself."""
    server = resolve(tracking_uri)
    return is_remote(server) and uri.startswith(f"{server.rstrip('/')}/api/2.0/mlflow-artifacts/")


def _of_model(uri: str, tracking_uri: str | None) -> str:
    """The URI of the files of a registered version, or of one path among them."""
    from epochal.client.mlflow_client import MlflowClient

    client, named = MlflowClient(tracking_uri), parse_model_uri(uri)
    version = client.resolve_model_uri(named)
    root = client.get_model_version_download_uri(version.name, version.version).rstrip("/")
    if not named.path:
        return root
    return f"{root}/{named.path if root.startswith('runs:/') else quote(named.path)}"


def _absolute(uri: str) -> str:
    return uri if urlsplit(uri).scheme else os.path.abspath(uri)
