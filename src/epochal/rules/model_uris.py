"""`models:/…`: names of versions, and where versions may be registered from."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from epochal.errors import InvalidParameterError
from epochal.rules import limits
from epochal.rules.locations import place_of, proxied_path
from epochal.rules.registry import LATEST, read_stage, read_version

MODELS = "models:/"
RUNS = "runs:/"

_HOSTS = frozenset({"http", "https", "ftp", "sftp"})
_PATH = "If supplying a source as a path or URI, it must be absolute and without '..'"


@dataclass(frozen=True, slots=True)
class ModelUri:
    """What a URI of a model names: one of a version, a stage, an alias, or a logged model.

    `stage` may be `latest`, which is the greatest number. `path` is what follows.
    """

    name: str = ""
    version: int | None = None
    stage: str | None = None
    alias: str | None = None
    model_id: str | None = None
    path: str = ""


def is_model_uri(uri: str) -> bool:
    """Whether a URI begins as those of models do."""
    return uri.startswith(MODELS)


def parse_model_uri(uri: str) -> ModelUri:
    """`models:/name/3`, `…/Production`, `…/latest`, `models:/name@champion`, `models:/<id>`.

    Raises InvalidParameterError for any other.
    """
    first, _, rest = uri.removeprefix(MODELS).strip("/").partition("/")
    if not is_model_uri(uri) or not first:
        raise _unreadable(uri)
    if "@" in first:
        name, _, alias = first.rpartition("@")
        if not name or not alias:
            raise _unreadable(uri)
        return ModelUri(name, alias=alias, path=rest)
    which, _, path = rest.partition("/")
    if not which:
        return ModelUri(model_id=first)
    if which.isascii() and which.isdecimal():
        return ModelUri(first, version=read_version(which), path=path)
    stage = LATEST if which.lower() == LATEST else read_stage(which)
    return ModelUri(first, stage=stage, path=path)


def _unreadable(uri: str) -> InvalidParameterError:
    return InvalidParameterError(
        f"Not a proper models:/ URI: {uri[:200]}. Models URIs must be of the form "
        "'models:/name/3', 'models:/name/Production', 'models:/name@alias' or 'models:/name/latest'"
    )


def check_source(source: str) -> None:
    """Raises InvalidParameterError for a source that nobody could read a model from."""
    if not source or "\x00" in source or len(source) > limits.MAX_MODEL_SOURCE_LENGTH:
        raise InvalidParameterError(
            f"Invalid model version source: {source[:80]!r}. It must be a path or URI of at most "
            f"{limits.MAX_MODEL_SOURCE_LENGTH} characters"
        )


def check_served_source(source: str, run_id: str, run_root: str | None) -> None:
    """What a server demands of a source, since whoever reads the version will open it.

    Sources in the server's own reach must lie among the files of the run that is named.

    Args:
        source: the path or URI; not one of a registered version.
        run_id: the run named in the request, or empty.
        run_root: the artifact URI of that run; None if there is no such run.

    Raises:
        InvalidParameterError: it lies elsewhere, climbs, or names a host.

    """
    scheme = _scheme(source)
    if scheme in _HOSTS:
        raise InvalidParameterError(
            f"'source' cannot use the '{scheme}' scheme: it addresses a host other than the "
            "server's artifact storage. Give a runs:/ URI, or one of an object store"
        )
    if ".." in unquote(source).replace("\\", "/").split("/"):
        raise InvalidParameterError(f"Invalid model version source: '{source}'. {_PATH}")
    if scheme == "runs":
        named = source.removeprefix("runs:").lstrip("/").partition("/")[0]
        if not run_id or named != run_id:
            raise _elsewhere(source)
    elif scheme == "mlflow-artifacts":
        if not _lies_among(source, run_root):
            raise _elsewhere(source)
    elif scheme in {"", "file"} and not _lies_in(source, run_root):
        raise InvalidParameterError(
            f"Invalid model version source: '{source}'. To use a local path as a model version "
            "source, the run_id request parameter has to be specified and the local path has to "
            "be contained within the artifact directory of the run specified by the run_id."
        )


def _scheme(source: str) -> str:
    try:
        scheme = urlsplit(source).scheme.lower()
    except ValueError as fault:
        raise InvalidParameterError(f"Invalid model version source: '{source}'. {fault}") from None
    return "" if len(scheme) == 1 else scheme  # a Windows drive letter


def _lies_among(source: str, run_root: str | None) -> bool:
    root = proxied_path(run_root) if run_root else None
    path = proxied_path(source)
    return root is not None and path is not None and path.relative_to(root) is not None


def _lies_in(source: str, run_root: str | None) -> bool:
    root, place = place_of(run_root) if run_root else None, place_of(source)
    return bool(root and place) and f"{place}/".startswith(f"{root}/")


def _elsewhere(source: str) -> InvalidParameterError:
    return InvalidParameterError(
        f"Invalid model version source: '{source}'. The run_id request parameter must identify "
        "the resource that contains the source."
    )
