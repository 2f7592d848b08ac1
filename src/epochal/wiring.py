"""From a URI to services: the only module that knows both backends and use cases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from epochal.blobs.folder import PACKS, FolderBlobs
from epochal.errors import InvalidParameterError
from epochal.services import Services
from epochal.services.artifacts import Artifacts
from epochal.services.completion import Completions
from epochal.services.datasets import Datasets
from epochal.services.experiments import Experiments
from epochal.services.fields import Fields
from epochal.services.locations import ArtifactRoots, Presentation
from epochal.services.metrics import Metrics
from epochal.services.runs import Runs
from epochal.services.tables import Tables
from epochal.services.views import Views
from epochal.services.writers import Writers
from epochal.settings import DATABASE_NAME, flag
from epochal.sql.database import open_database, upgrade_database
from epochal.sql.dataset_versions import SqlDatasets
from epochal.sql.store import SqlStore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.ports.blobs import BlobStore
    from epochal.settings import StoreLocation

ARTIFACT_ROOT = "mlflow-artifacts:"  # how every store spells its own artifacts; see Presentation


def open_embedded(location: StoreLocation) -> Services:
    """Services for the user's own process, which may open any file that the user may."""
    roots = ArtifactRoots(FolderBlobs(location.artifact_folder), open_folder=FolderBlobs)
    packs = FolderBlobs(location.artifact_folder / PACKS)
    return _wire(location, roots, Presentation(location.artifact_folder.as_uri()), packs)


def open_served(
    location: StoreLocation,
    artifact_folder: Path | None = None,
    *,
    proxied: bool = True,
    further_folders: Sequence[Path] = (),
) -> Services:
    """Services for a server: it opens artifacts in the folders named here and nowhere else.

    Args:
        location: the store.
        artifact_folder: where artifacts are kept; the store's own folder if None.
        proxied: clients reach artifacts through the server; otherwise they are shown the
            folder itself and open it on their own.
        further_folders: folders below which experiments may have their own locations.

    """
    folder = (artifact_folder or location.artifact_folder).absolute()
    further = {str(path.absolute()): FolderBlobs(path) for path in (folder, *further_folders)}
    roots = ArtifactRoots(FolderBlobs(folder), folders=dict(further))
    packs = FolderBlobs(folder / PACKS)
    return _wire(location, roots, Presentation(None if proxied else folder.as_uri()), packs)


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


def _wire(
    location: StoreLocation, roots: ArtifactRoots, presentation: Presentation, packs: BlobStore
) -> Services:
    _make_folder(location.folder)
    database = open_database(location.database_url)
    store = SqlStore(database)
    truncate = flag("MLFLOW_TRUNCATE_LONG_VALUES", default=True)
    tables, fields = Tables(store, presentation), Fields(store)
    return Services(
        experiments=Experiments(store, ARTIFACT_ROOT, presentation),
        runs=Runs(store, presentation, truncate=truncate),
        metrics=Metrics(store),
        artifacts=Artifacts(store, roots, presentation),
        datasets=Datasets(SqlDatasets(database), packs),
        writers=Writers(store),
        tables=tables,
        fields=fields,
        completions=Completions(fields, tables),
        views=Views(store),
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
