"""From a URI to services: the only module that knows both backends and use cases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from epochal.blobs.credentials import S3_SCHEMES, find_s3_login, is_object_store, parse_address
from epochal.blobs.folder import FolderBlobs
from epochal.blobs.objects import PACKS
from epochal.errors import InvalidParameterError
from epochal.rules.locations import place_of
from epochal.services import Services
from epochal.services.artifacts import Artifacts
from epochal.services.completion import Completions
from epochal.services.datasets import Datasets
from epochal.services.experiments import Experiments
from epochal.services.fields import Fields
from epochal.services.locations import ArtifactRoots, Presentation
from epochal.services.metrics import Metrics
from epochal.services.registry import Registry
from epochal.services.runs import Runs
from epochal.services.tables import Tables
from epochal.services.transfers import Transfers
from epochal.services.upkeep import Upkeep
from epochal.services.views import Views
from epochal.services.writers import Writers
from epochal.settings import DATABASE_NAME, flag
from epochal.sql.database import open_database, upgrade_database
from epochal.sql.dataset_versions import SqlDatasets
from epochal.sql.file_index import SqlFileIndex
from epochal.sql.registry import SqlRegistry
from epochal.sql.store import SqlStore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.blobs.bucket import Bucket
    from epochal.blobs.multipart import Multipart
    from epochal.ports.blobs import BlobStore
    from epochal.settings import StoreLocation
    from epochal.sql.database import Database

ARTIFACT_ROOT = "mlflow-artifacts:"  # how every store spells its own artifacts; see Presentation


def open_embedded(location: StoreLocation) -> Services:
    """Services for the user's own process, which may open any place that the user may."""
    folder = FolderBlobs(location.artifact_folder, shares=True)
    roots = ArtifactRoots(folder, open_place=_open_plain)
    shown = Presentation(location.artifact_folder.as_uri())
    packs = _open_plain(f"{location.artifact_folder}/{PACKS}")
    return _wire(_open(location), roots, shown, packs, is_direct=False, is_served=False)


def open_served(
    location: StoreLocation,
    destination: str | Path | None = None,
    *,
    proxied: bool = True,
    further_roots: Sequence[str | Path] = (),
    is_direct: bool = True,
) -> Services:
    """Services for a server: it opens artifacts in the places named here and nowhere else.

    Args:
        location: the store.
        destination: where artifacts are kept, a folder or a URI of an object store; the
            store's own folder if None.
        proxied: clients reach artifacts through the server; otherwise they are shown the
            destination itself and open it on their own.
        further_roots: folders and URIs below which experiments may have their own locations.
        is_direct: clients may be given signed URLs for an object store.

    Raises:
        InvalidParameterError: a place that is neither a folder nor in an object store.

    """
    root = _check_place(destination or location.artifact_folder)
    further = {place: _open_place(place) for place in (root, *map(_check_place, further_roots))}
    database = _open(location)
    default = further[root]
    if proxied and is_object_store(root):
        default = _open_indexed(root, database)
    shown = None if proxied else root if is_object_store(root) else Path(root).as_uri()
    roots = ArtifactRoots(default, places=dict(further))
    packs = _open_plain(f"{root}/{PACKS}")
    return _wire(database, roots, Presentation(shown), packs, is_direct=is_direct, is_served=True)


def _check_place(given: str | Path) -> str:
    text = str(given)
    place = place_of(
        text if is_object_store(text) or "://" in text else str(Path(text).absolute())
    )
    if place is None:
        raise InvalidParameterError(
            f"Artifacts cannot be kept at {text!r}; give a folder, file:///folder, s3://bucket, "
            "gs://bucket or wasbs://container@account.blob.core.windows.net"
        )
    if is_object_store(place):
        parse_address(place)
    return place


def _open_place(place: str) -> BlobStore:
    """A place whose folders are shared by runs, so that equal contents are kept once."""
    return _open_plain(place) if is_object_store(place) else FolderBlobs(place, shares=True)


def _open_plain(place: str) -> BlobStore:
    """A place as it lies there."""
    if not is_object_store(place):
        return FolderBlobs(place)
    from epochal.blobs.plain import PlainBlobs

    bucket, multipart = _open_bucket(place)
    return PlainBlobs(bucket, multipart)


def _open_indexed(place: str, database: Database) -> BlobStore:
    from epochal.blobs.indexed import IndexedBlobs

    bucket, multipart = _open_bucket(place)
    return IndexedBlobs(bucket, SqlFileIndex(database, place), multipart)


def _open_bucket(place: str) -> tuple[Bucket, Multipart | None]:
    from epochal.blobs.bucket import Bucket
    from epochal.blobs.multipart import Multipart

    address = parse_address(place)
    if address.scheme not in S3_SCHEMES:
        return Bucket(address), None
    login = find_s3_login()
    multipart = Multipart(address, login) if login.access_key and login.secret_key else None
    return Bucket(address, login), multipart


def upgrade_store(location: StoreLocation) -> tuple[int, int]:
    """Bring a store to the newest schema; answers the versions before and after.

    Raises:
        InvalidParameterError: there is no store of ours.
        UnavailableError: the database cannot be reached, or stays in use.

    """
    file = location.database_url.removeprefix("sqlite:///")
    if file != location.database_url and not Path(file).is_file():
        raise InvalidParameterError(f"There is no store at {file!r}")
    return upgrade_database(location.database_url)


def _open(location: StoreLocation) -> Database:
    _make_folder(location.folder)
    return open_database(location.database_url)


def _wire(
    database: Database,
    roots: ArtifactRoots,
    presentation: Presentation,
    packs: BlobStore,
    *,
    is_direct: bool,
    is_served: bool,
) -> Services:
    store = SqlStore(database)
    truncate = flag("MLFLOW_TRUNCATE_LONG_VALUES", default=True)
    tables, fields = Tables(store, presentation), Fields(store)
    registry = Registry(SqlRegistry(database), store, presentation, is_served)
    return Services(
        experiments=Experiments(store, ARTIFACT_ROOT, presentation),
        runs=Runs(store, presentation, truncate=truncate),
        metrics=Metrics(store),
        artifacts=Artifacts(store, roots, presentation),
        # Nobody has an account yet: who may write may read everything.
        transfers=Transfers(store, roots, trusts_digests=True, is_direct=is_direct),
        upkeep=Upkeep(store, roots),
        datasets=Datasets(SqlDatasets(database), packs),
        writers=Writers(store),
        tables=tables,
        fields=fields,
        completions=Completions(fields, tables, registry),
        views=Views(store, store),
        registry=registry,
        close=store.close,
    )


def _make_folder(folder: Path | None) -> None:
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_file_store(folder)
    except FileExistsError:
        raise InvalidParameterError(
            f"{str(folder)!r} is a file, where a store needs a folder; an SQLite file is named "
            f"'sqlite:///{folder}'"
        ) from None
    except OSError as fault:
        raise InvalidParameterError(
            f"The folder {str(folder)!r} cannot be used as a store: {fault.strerror}"
        ) from None


def _refuse_file_store(folder: Path) -> None:
    """Leave MLflow's folders alone: two programs' stores in one folder help nobody."""
    if (folder / DATABASE_NAME).exists():
        return
    if next(folder.glob("*/meta.yaml"), None) is not None:
        raise InvalidParameterError(
            f"The folder {str(folder)!r} is a file store of MLflow, not of Epochal; "
            "give another folder"
        )
