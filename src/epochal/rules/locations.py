"""Where artifacts may be said to lie."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from epochal.errors import InvalidParameterError, InvalidPathError
from epochal.rules.limits import MAX_ARTIFACT_LOCATION_LENGTH
from epochal.rules.paths import ArtifactPath

PROXIED = "mlflow-artifacts"
OBJECT_SCHEMES = ("s3", "s3a", "gs", "wasb", "wasbs", "abfs", "abfss")
SCHEMES = ("", "file", PROXIED, *OBJECT_SCHEMES, "hdfs", "dbfs", "http", "https")


def check_location(location: str) -> None:
    """Accept an artifact location that a client chose for an experiment. It is kept as text.

    Whether this server also serves it is decided when it is opened, by its own configuration.

    Raises:
        InvalidParameterError: too long, a fragment, a scheme that is none of `SCHEMES`.

    """
    if len(location) > MAX_ARTIFACT_LOCATION_LENGTH:
        raise InvalidParameterError(
            f"Invalid artifact location: with {len(location)} characters it "
            f"exceeds the maximum length of {MAX_ARTIFACT_LOCATION_LENGTH}"
        )
    scheme = _scheme(location)
    if scheme not in SCHEMES:
        raise InvalidParameterError(
            f"Invalid artifact location {location!r}: the scheme {scheme!r} is not one of "
            f"{', '.join(name for name in SCHEMES if name)} or a plain path"
        )
    if "#" in location or ("?" in location and scheme in {"", "file", "http", "https"}):
        raise InvalidParameterError(
            f"Invalid artifact location {location!r}: it must not hold a fragment or a query"
        )
    if ".." in location.split("/"):
        raise InvalidParameterError(f"Invalid artifact location {location!r}: '..' is refused")


def _scheme(location: str) -> str:
    try:
        scheme = urlsplit(location).scheme.lower()
    except ValueError as fault:
        raise InvalidParameterError(f"Invalid artifact location {location!r}: {fault}") from None
    return "" if len(scheme) == 1 else scheme  # a Windows drive letter


def proxied_path(uri: str) -> ArtifactPath | None:
    """The path below the server's own root that an `mlflow-artifacts:` URI names, else None.

    Raises:
        InvalidPathError: it tries to leave the root.

    """
    parts = urlsplit(uri)
    if parts.scheme != PROXIED:
        return None
    if parts.fragment or parts.query:
        raise InvalidPathError(uri, "it holds a fragment or a query")
    return ArtifactPath.parse(parts.path.lstrip("/"))


def place_of(uri: str) -> str | None:
    """The one spelling of a place: an absolute folder, or `scheme://container/path`.

    None for what is neither a folder nor in an object store.
    """
    parts = urlsplit(uri)
    scheme = parts.scheme.lower()
    if scheme == "file":
        return unquote(parts.path).rstrip("/")
    if not scheme and uri.startswith("/"):
        return uri.rstrip("/")
    if scheme in OBJECT_SCHEMES:
        scheme = "s3" if scheme == "s3a" else scheme
        return f"{scheme}://{parts.netloc}/{unquote(parts.path).strip('/')}".rstrip("/")
    return None
