"""Names and URIs of versioned datasets, and the limits of their parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from epochal.errors import InvalidParameterError

MAX_NAME = 255
MAX_DESCRIPTION = 8000
MAX_SCHEMA = 1_048_575
MAX_PROFILE = 16_777_215
MAX_CHUNK = 1 << 20  # bytes
MAX_PAGE = 1000
MAX_ROWS = 1000
MAX_CELLS = 200_000  # of one page of rows
SCHEME = "datasets:/"
LATEST = "latest"

_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f/\\@#?%:\ud800-\udfff]")
_CONTENT = re.compile(r"[0-9a-f]{64}")
_VERSION = re.compile(r"[1-9][0-9]{0,17}")


@dataclass(frozen=True, slots=True)
class DatasetName:
    """A dataset, at one version or at its newest."""

    name: str
    version: int | None = None


def check_dataset_name(name: str) -> None:
    """Raises InvalidParameterError for a name that no URI could hold."""
    found = _FORBIDDEN.search(name)
    if found:
        raise InvalidParameterError(
            f"Invalid dataset name {name!r}: it must not hold {found[0]!r}; letters, digits, "
            "spaces, '-', '_' and '.' are fine"
        )
    if not name.strip() or name != name.strip() or name in {".", ".."}:
        raise InvalidParameterError(
            f"Invalid dataset name {name!r}: give a name such as 'flights' without spaces around it"
        )
    if len(name) > MAX_NAME:
        raise InvalidParameterError(
            f"Invalid dataset name: with {len(name)} characters it exceeds the limit of {MAX_NAME}"
        )


def parse_dataset(text: str) -> DatasetName:
    """What `datasets:/name/3`, `datasets:/name@latest` or `datasets:/name` means.

    The scheme may be left out: `name/3`.

    Raises:
        InvalidParameterError: it is spelled otherwise.

    """
    rest = text.removeprefix(SCHEME).lstrip("/") if text.startswith(SCHEME) else text
    name, mark, version = rest.partition("@") if "@" in rest else rest.partition("/")
    check_dataset_name(name)
    if (not mark) or version == LATEST:
        return DatasetName(name)
    if mark == "/" and _VERSION.fullmatch(version):
        return DatasetName(name, int(version))
    raise InvalidParameterError(
        f"{text!r} names no version of a dataset; give {SCHEME}<name>/<number> or "
        f"{SCHEME}<name>@{LATEST}"
    )


def check_content(content: str) -> None:
    """Raises InvalidParameterError unless it is a SHA-256 in hexadecimal."""
    if not _CONTENT.fullmatch(content):
        raise InvalidParameterError(
            f"Invalid digest {content[:80]!r}: it must be a SHA-256 of 64 characters 0-9 and a-f"
        )


def check_file_name(name: str) -> None:
    """Raises InvalidParameterError for a name under which no folder could hold a file."""
    if len(name) > MAX_NAME or name in {".", ".."} or re.search(r"[\x00-\x1f\x7f/\\]", name):
        raise InvalidParameterError(
            f"Invalid file name {name[:80]!r}: it must be a plain name such as 'flights.csv', "
            f"of at most {MAX_NAME} characters"
        )


def check_length(what: str, text: str | None, limit: int) -> None:
    """Raises InvalidParameterError for a text that is too long."""
    if text is not None and len(text) > limit:
        raise InvalidParameterError(
            f"The {what} has {len(text)} characters; at most {limit} are kept"
        )
