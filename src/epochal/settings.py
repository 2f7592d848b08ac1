"""Where a store lies: from the URI that a user gives, or none, to files on this machine."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER_NAME = ".epochal"
DATABASE_NAME = "epochal.db"
POSTGRESQL_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg", "postgresql+psycopg2")
REMOTE_SCHEMES = ("http", "https")
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]+):")
_FALSE = ("", "0", "false", "no", "off")
_CHECKOUTS = (".git", ".hg", ".svn")  # what the top folder of a checkout holds
_ELSEWHERE = ("databricks", "databricks-uc", "uc")  # names of stores that are no folders
OFFLINE = "offline:"


@dataclass(frozen=True, slots=True)
class StoreLocation:
    """The parts of a store that this process opens itself."""

    database_url: str  # sqlite:///absolute/path or postgresql://…
    artifact_folder: Path  # where artifacts go unless somebody says otherwise
    journal_folder: Path  # where this user's processes keep what is not delivered yet
    folder: Path | None = None  # a folder that is the store, made when it is absent


def is_remote(uri: str) -> bool:
    """Whether a tracking URI names a server rather than a store on this machine."""
    return urlsplit(uri).scheme in REMOTE_SCHEMES


def default_folder(start: Path | None = None) -> Path:
    """The nearest `.epochal/` from `start` (the working folder) upward, else one in it.

    The search does not leave a checkout, and looks neither into the home folder nor into one
    that others may write, such as `/tmp`, unless it starts there: a store found further up
    would be another project's, or another person's.
    """
    here = (start or Path.cwd()).absolute()
    for folder in (here, *here.parents):
        if folder != here and _is_border(folder):
            break
        if (folder / FOLDER_NAME).is_dir():
            return folder / FOLDER_NAME
        if any((folder / name).exists() for name in _CHECKOUTS):
            break
    return here / FOLDER_NAME


def _is_border(folder: Path) -> bool:
    """Whether a folder is nobody's project: the home folder, the root, or a shared one."""
    home = os.path.expanduser("~")  # noqa: PTH111 - Path's own raises where there is no home
    if folder == folder.parent or str(folder) == home:
        return True
    try:
        return bool(folder.stat().st_mode & stat.S_IWOTH)
    except OSError:
        return True


def anchor(uri: str) -> str:
    """The same store spelled so that the working folder no longer matters.

    Raises InvalidParameterError as `locate_store`.
    """
    if is_offline(uri):
        return f"{OFFLINE}{offline_folder(uri)}"
    if is_remote(uri) or uri.startswith(tuple(f"{name}:" for name in POSTGRESQL_SCHEMES)):
        return uri
    place = locate_store(uri)
    if place.folder is not None:
        return str(place.folder)
    scheme, _, path = place.database_url.partition("://")
    return f"{scheme}://{quote(path)}"


def is_offline(uri: str) -> bool:
    """Whether a tracking URI names a folder to log into without any store."""
    return uri.lower().startswith(OFFLINE)


def offline_folder(uri: str) -> Path:
    """The folder of `offline:folder`. Raises InvalidParameterError if it names none."""
    path = uri[len(OFFLINE) :]
    if path.startswith("///"):
        path = path[2:]
    if not path.strip("/"):
        raise InvalidParameterError(f"{uri!r} names no folder; use offline:folder")
    return Path(path).expanduser().absolute()


def locate_store(uri: str | None) -> StoreLocation:
    """The store that a URI names: a folder, an SQLite file, or a PostgreSQL database.

    Raises:
        InvalidParameterError: a scheme that is none of these, or no path in it.

    """
    if not uri:
        return _in_folder(default_folder())
    if uri.lower() in _ELSEWHERE:
        raise InvalidParameterError(
            f"The store {uri!r} is Databricks', which Epochal does not speak to; use a folder "
            f"('./{uri}' if it is one), sqlite:///file.db, postgresql://user@host/database, or "
            "http(s)://server"
        )
    match = _SCHEME.match(uri)
    scheme = match.group(1).lower() if match else ""
    if scheme == "":
        return _in_folder(Path(uri).expanduser())
    if scheme == "file":
        return _in_folder(_file_path(uri))
    if scheme == "sqlite":
        return _beside_database(_sqlite_path(uri))
    if scheme in POSTGRESQL_SCHEMES:
        place = default_folder()
        url = f"postgresql:{uri.split(':', 1)[1]}"
        return StoreLocation(url, place / "artifacts", journal_folder(uri))
    raise InvalidParameterError(
        f"The store {uri!r} has the scheme {scheme!r}; use a folder, file:///folder, "
        "sqlite:///file.db, postgresql://user@host/database, or http(s)://server"
    )


def journal_folder(uri: str) -> Path:
    """Where this user's journals for a store on another machine are kept."""
    parts = urlsplit(uri)
    name = re.sub(
        r"[^A-Za-z0-9.-]+", "_", f"{parts.hostname or 'local'}_{parts.port or ''}{parts.path}"
    )
    return user_journals() / name.strip("_")


def user_journals() -> Path:
    """Where this user's journals for all stores on other machines are kept."""
    state = os.environ.get("XDG_STATE_HOME") or Path("~/.local/state").expanduser()
    return Path(state) / "epochal" / "journal"


def flag(name: str, *, default: bool, environ: Mapping[str, str] | None = None) -> bool:
    """A switch from the environment: 1/true/yes/on or 0/false/no/off, any case."""
    value = (os.environ if environ is None else environ).get(name)
    return default if value is None else value.strip().lower() not in _FALSE


def _in_folder(folder: Path) -> StoreLocation:
    absolute = folder.absolute()
    return StoreLocation(
        database_url=f"sqlite:///{absolute / DATABASE_NAME}",
        artifact_folder=absolute / "artifacts",
        journal_folder=absolute / "journal",
        folder=absolute,
    )


def _beside_database(database: Path) -> StoreLocation:
    absolute = database.absolute()
    companion = absolute.with_suffix(FOLDER_NAME)
    return StoreLocation(
        database_url=f"sqlite:///{absolute}",
        artifact_folder=companion / "artifacts",
        journal_folder=companion / "journal",
    )


def _file_path(uri: str) -> Path:
    parts = urlsplit(uri)
    path = unquote(parts.path)
    if parts.netloc not in {"", "localhost"}:
        path = f"{parts.netloc}{path}"  # file://relative/folder, as scripts with two slashes mean
    if re.match(r"^/[A-Za-z]:", path):  # file:///C:/folder
        path = path[1:]
    if not path:
        raise InvalidParameterError(f"{uri!r} names no folder; use file:///absolute/folder")
    return Path(path).expanduser()


def _sqlite_path(uri: str) -> Path:
    path = unquote(uri.split(":", 1)[1])
    if not path.startswith("///") or path == "///" or path.startswith("///:"):
        raise InvalidParameterError(
            f"{uri!r} names no file; use sqlite:///relative.db or sqlite:////absolute.db "
            "(stores in memory are not kept and not offered)"
        )
    return Path(path[3:].split("?", 1)[0]).expanduser()
