"""What carries the client's wishes to a store, be it in this process or behind a server.

*Errors.* Only leaves of `epochal.errors`: `ConnectionLostError` and `UnavailableError` when
the same call may work later, any other when it never will. *Waiting.* Every call returns or
raises within bounded time. *Repetition.* Reads, updates and `log` may be repeated; a transport
repeats them on its own after a broken line. *Threads.* One instance serves many threads.
*Values.* What is returned is the caller's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from epochal.client.datasets import DatasetShelf
    from epochal.client.drafts import RunDraft, Search
    from epochal.client.registry import ModelShelf
    from epochal.client.run_tables import RunTables
    from epochal.client.transfers.incoming import Incoming
    from epochal.entities import (
        Curve,
        DatasetInput,
        Experiment,
        FileInfo,
        Metric,
        Page,
        Run,
        RunInfo,
        Series,
        Status,
        WriterReport,
    )
    from epochal.errors import EpochalError
    from epochal.ports.metrics import Window
    from epochal.ports.tracking import Delivery, RunLog


class Files(Protocol):
    """The artifacts below one place. Paths are relative to it and checked here."""

    is_near: bool
    """Whether writing is a matter of this machine, so that nothing is gained by doing it later."""

    def list_artifacts(self, path: str) -> list[FileInfo]:
        """What lies directly below `path`, by name; empty for a file and where nothing is."""
        ...

    def open_artifact(self, path: str, start: int = 0) -> Incoming:
        """The bytes of a file, from `start` on if that can be had, else from its beginning.

        Whoever asks closes it. Raises NotFoundError.
        """
        ...

    def write_artifact(
        self,
        path: str,
        content: BinaryIO,
        on_progress: Callable[[int], None] | None = None,
        sha256: str | None = None,
    ) -> None:
        """Keep a file, read from where `content` stands; it appears whole or not at all.

        `on_progress` hears of bytes that were sent, and of fewer when some are sent again.
        `sha256` is the content's digest in hexadecimal, for those who know it already.
        """
        ...

    def write_small(self, files: Sequence[tuple[str, bytes]]) -> list[EpochalError | None] | None:
        """Keep files, at most 256 and 8 MiB, in one go; why any was not kept, in their order.

        None where the store takes files only one by one; then nothing was done.
        """
        ...

    def take_known(self, path: str, size: int, sha256: str) -> bool:
        """Put a content that is kept already under a path too; False where that cannot be."""
        ...

    def delete_artifact(self, path: str) -> None:
        """Remove a file or a folder; absent ones are no error."""
        ...


class Histories(Protocol):
    """The histories of metrics, in columns; and taking them back."""

    def read(self, run_id: str, key: str, window: Window, *, superseded: bool) -> Series:
        """All points of a window, by (timestamp, step, value)."""
        ...

    def draw(
        self, run_ids: Sequence[str], keys: Sequence[str], window: Window, points: int
    ) -> list[Curve]:
        """At most `points` of each series along the window's axis, peaks kept."""
        ...

    def rewind(self, run_id: str, step: int) -> int:
        """Supersede what lies beyond a step; how many points did. NotSupportedError elsewhere."""
        ...

    def delete(self, run_id: str, key: str) -> None:
        """Forget a key of a run. Raises NotFoundError, NotSupportedError."""
        ...


class Transport(Protocol):
    """The way to one store. See the module's promises."""

    @property
    def histories(self) -> Histories:
        """The histories of metrics in columns."""
        ...

    @property
    def page_url(self) -> str | None:
        """Where people look at the store in a browser, if it is behind a server."""
        ...

    def create_experiment(
        self, name: str, artifact_location: str | None, tags: Mapping[str, str]
    ) -> str:
        """The id of the new experiment. Raises AlreadyExistsError."""
        ...

    def get_experiment(self, experiment_id: str) -> Experiment:
        """Raises NotFoundError."""
        ...

    def find_experiment_by_name(self, name: str) -> Experiment | None:
        """Deleted ones too."""
        ...

    def search_experiments(self, search: Search) -> Page[Experiment]:
        """One page of experiments."""
        ...

    def rename_experiment(self, experiment_id: str, name: str) -> None:
        """Raises NotFoundError, AlreadyExistsError."""
        ...

    def delete_experiment(self, experiment_id: str) -> None:
        """Raises NotFoundError."""
        ...

    def restore_experiment(self, experiment_id: str) -> None:
        """Raises NotFoundError."""
        ...

    def set_experiment_tag(self, experiment_id: str, key: str, value: str) -> None:
        """Raises NotFoundError, NotActiveError."""
        ...

    def delete_experiment_tag(self, experiment_id: str, key: str) -> None:
        """Raises NotFoundError."""
        ...

    def create_run(self, draft: RunDraft) -> Run:
        """A new run in status RUNNING; exactly one, however often the line breaks."""
        ...

    def get_run(self, run_id: str) -> Run:
        """Raises NotFoundError."""
        ...

    def update_run(
        self,
        run_id: str,
        *,
        status: Status | None = None,
        end_time: int | None = None,
        run_name: str | None = None,
    ) -> RunInfo:
        """Change what is given. Raises NotFoundError, NotActiveError."""
        ...

    def delete_run(self, run_id: str) -> None:
        """Raises NotFoundError."""
        ...

    def restore_run(self, run_id: str) -> None:
        """Raises NotFoundError."""
        ...

    def search_runs(self, experiment_ids: Sequence[str], search: Search) -> Page[Run]:
        """One page of runs."""
        ...

    @property
    def tables(self) -> RunTables:
        """Runs in columns, counted and grouped. Raises ConnectionLostError."""
        ...

    def log(self, entries: Sequence[tuple[RunLog, Delivery | None]]) -> list[EpochalError | None]:
        """Store each entry durably, or say why the store refuses it; in the order given.

        Raises:
            ConnectionLostError, UnavailableError: some may have been stored; send all again.

        """
        ...

    def find_delivered(self, names: Sequence[str]) -> dict[str, int] | None:
        """The last sequence of each writer that delivered any; None from a store not ours."""
        ...

    def note_writers(self, reports: Sequence[WriterReport]) -> None:
        """Let others see how a delivery goes; a store that is not ours is not told."""
        ...

    def delete_tag(self, run_id: str, key: str) -> None:
        """Raises NotFoundError."""
        ...

    def log_inputs(self, run_id: str, inputs: Sequence[DatasetInput]) -> None:
        """Attach datasets. Raises NotFoundError, NotActiveError."""
        ...

    def get_metric_history(self, run_id: str, key: str) -> list[Metric]:
        """All points, by (timestamp, step, value)."""
        ...

    def files(self, run: RunInfo) -> Files:
        """The artifacts of a run. Raises NotSupportedError when no way leads to them."""
        ...

    def files_at(self, uri: str) -> Files:
        """The artifacts below an artifact URI. Raises NotSupportedError."""
        ...

    @property
    def datasets(self) -> DatasetShelf:
        """Versions of datasets. Raises NotSupportedError when the store keeps none."""
        ...

    @property
    def models(self) -> ModelShelf:
        """Registered models and their versions. Raises NotSupportedError offline."""
        ...

    def close(self) -> None:
        """Release files and connections. Idempotent."""
        ...
