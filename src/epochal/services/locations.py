"""From artifact URIs to stores of bytes, and to what a client is shown."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from epochal.errors import PermissionDeniedError
from epochal.rules.locations import PROXIED, place_of, proxied_path
from epochal.rules.paths import ArtifactPath

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from epochal.entities import Experiment, ModelVersion, RegisteredModel, Run, RunInfo
    from epochal.ports.blobs import BlobStore


@dataclass(frozen=True, slots=True)
class ArtifactRoots:
    """The places that this process reads and writes artifacts in; no others are ever opened.

    `mlflow-artifacts:/…` lies in `default`. `places` maps further places, as
    `rules.locations.place_of` spells them, to their stores. `open_place` opens any other
    place: for a user's own process only, never for a server, where a client could choose it.
    """

    default: BlobStore
    places: Mapping[str, BlobStore] = field(default_factory=dict[str, "BlobStore"])
    open_place: Callable[[str], BlobStore] | None = None

    def resolve(self, uri: str) -> tuple[BlobStore, ArtifactPath]:
        """The store and the path in it that a URI names.

        Raises:
            InvalidPathError: the URI tries to leave its root.
            PermissionDeniedError: it lies outside of what this process was configured with.

        """
        below_default = proxied_path(uri)
        if below_default is not None:
            return self.default, below_default
        place = place_of(uri)
        if place is not None:
            for root, store in self.places.items():
                if place == root or place.startswith(f"{root}/"):
                    return store, ArtifactPath.parse(place[len(root) :].lstrip("/"))
            if self.open_place is not None:
                return self.open_place(place), ArtifactPath()
        raise PermissionDeniedError(
            f"The artifact location {uri!r} is not below a root that this server is configured "
            "with (--default-artifact-root, --artifacts-destination, --artifact-root); it is "
            "neither read nor written here"
        )


@dataclass(frozen=True, slots=True)
class Presentation:
    """How stored artifact URIs are shown.

    A store keeps `mlflow-artifacts:/1/…` so that its folder can be moved. A server shows
    that as it is. A user's own process, where `shown_root` is a `file:` URI, sees the real
    place instead, as scripts that open artifacts by path expect.
    """

    shown_root: str | None = None

    def uri(self, stored: str) -> str:
        """The URI to show for a stored one."""
        if self.shown_root is None or not stored.startswith(f"{PROXIED}:/"):
            return stored
        return f"{self.shown_root}/{stored.removeprefix(f'{PROXIED}:').lstrip('/')}".rstrip("/")

    def stored(self, shown: str) -> str:
        """The URI to store for one that was shown."""
        if self.shown_root is None or not shown.startswith(f"{self.shown_root}/"):
            return shown
        return f"{PROXIED}:{shown.removeprefix(self.shown_root)}"

    def version(self, stored: ModelVersion) -> ModelVersion:
        """The model version with its source as it is shown."""
        if self.shown_root is None:
            return stored
        return replace(stored, source=self.uri(stored.source))

    def model(self, stored: RegisteredModel) -> RegisteredModel:
        """The registered model with the sources of its versions as they are shown."""
        if self.shown_root is None:
            return stored
        return replace(stored, latest_versions=[self.version(v) for v in stored.latest_versions])

    def experiment(self, stored: Experiment) -> Experiment:
        """The experiment with its location as it is shown."""
        if self.shown_root is None:
            return stored
        return replace(stored, artifact_location=self.uri(stored.artifact_location))

    def info(self, stored: RunInfo) -> RunInfo:
        """The run's info with its location as it is shown."""
        if self.shown_root is None:
            return stored
        return replace(stored, artifact_uri=self.uri(stored.artifact_uri))

    def run(self, stored: Run) -> Run:
        """The run with its location as it is shown."""
        if self.shown_root is None:
            return stored
        return replace(stored, info=self.info(stored.info))
