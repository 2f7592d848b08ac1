"""From artifact URIs to stores of bytes, and to what a client is shown."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from epochal.errors import PermissionDeniedError
from epochal.rules.locations import PROXIED, proxied_path
from epochal.rules.paths import ArtifactPath

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from epochal.entities import Experiment, Run, RunInfo
    from epochal.ports.blobs import BlobStore


@dataclass(frozen=True, slots=True)
class ArtifactRoots:
    """The places that this process reads and writes artifacts in; no others are ever opened.

    `mlflow-artifacts:/…` lies in `default`. `folders` maps further absolute folders to their
    stores. `open_folder` opens any other local folder: for a user's own process only, never
    for a server, where a client could choose it.
    """

    default: BlobStore
    folders: Mapping[str, BlobStore] = field(default_factory=dict[str, "BlobStore"])
    open_folder: Callable[[str], BlobStore] | None = None

    def resolve(self, uri: str) -> tuple[BlobStore, ArtifactPath]:
        """The store and the path in it that a URI names.

        Raises:
            InvalidPathError: the URI tries to leave its root.
            PermissionDeniedError: it lies outside of what this process was configured with.

        """
        below_default = proxied_path(uri)
        if below_default is not None:
            return self.default, below_default
        folder = _local_folder(uri)
        if folder is not None:
            for root, store in self.folders.items():
                if folder == root or folder.startswith(f"{root}/"):
                    return store, ArtifactPath.parse(folder[len(root) :].lstrip("/"))
            if self.open_folder is not None:
                return self.open_folder(folder), ArtifactPath()
        raise PermissionDeniedError(
            f"The artifact location {uri!r} is not below a root that this server is configured "
            "with (--default-artifact-root, --artifacts-destination); it is neither read nor "
            "written here"
        )


def _local_folder(uri: str) -> str | None:
    parts = urlsplit(uri)
    if parts.scheme == "file":
        return unquote(parts.path).rstrip("/")
    if not parts.scheme and uri.startswith("/"):
        return uri.rstrip("/")
    return None


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
