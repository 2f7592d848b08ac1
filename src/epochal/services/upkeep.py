"""What keeps a store small and sound: removing what nobody has, reading all of it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from epochal.errors import EpochalError
from epochal.ports.blobs import SharingStore
from epochal.services.clock import now_ms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from epochal.ports.blobs import BlobStore
    from epochal.ports.tracking import TrackingStore
    from epochal.services.locations import ArtifactRoots

GRACE_S = 24 * 3600.0  # longer than any upload takes


@dataclass(frozen=True, slots=True)
class Refuse:
    """Something that may go: the files of a deleted run, or a content that no file has.

    `size` is in bytes, None where it was not worked out.
    """

    kind: str
    name: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Damage:
    """A content that is not what it was."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Safe beside running servers and writers: nothing goes that a file has or may get."""

    store: TrackingStore
    roots: ArtifactRoots

    def collect(
        self, older_than_s: float, grace_s: float = GRACE_S, *, removes: bool = False
    ) -> Iterator[Refuse]:
        """What may go, and with `removes` has gone.

        Args:
            older_than_s: for how long a run has to be deleted before its files go. The run
                itself stays, with its params and metrics.
            grace_s: for how long a content has to be without a file.
            removes: remove it too.

        """
        for run in self.store.find_deleted_runs(now_ms() - int(older_than_s * 1000)):
            try:
                blobs, path = self.roots.resolve(run.artifact_uri)
                if not path.segments or blobs.find(path) is None:
                    continue
                if removes:
                    blobs.delete(path)
            except EpochalError:  # it lies where this server may not, or cannot, go
                continue
            yield Refuse("run", run.run_id)
        for blobs in self._sharing():
            for found in blobs.iter_objects():
                if found.is_used or found.age_s < grace_s:
                    continue
                if not removes or blobs.sweep(found.name, grace_s):
                    yield Refuse("content", found.name, found.size)

    def check(self) -> Iterator[Damage | None]:
        """Each content that is kept, read again: what is wrong with it, or None."""
        for blobs in self._sharing():
            for found in blobs.iter_objects():
                if found.is_used:
                    reason = blobs.verify(found.name)
                    yield None if reason is None else Damage(found.name, reason)

    def _sharing(self) -> list[SharingStore]:
        stores: list[BlobStore] = [self.roots.default]
        stores += [other for other in self.roots.places.values() if other is not stores[0]]
        return [store for store in stores if isinstance(store, SharingStore)]
