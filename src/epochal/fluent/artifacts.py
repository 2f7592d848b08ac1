"""Files of the active run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from epochal.client.mlflow_client import MlflowClient
from epochal.fluent.active import active_book

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.client.artifacts import StrPath
    from epochal.client.run_files import RunFiles


def log_artifact(
    local_path: StrPath,
    artifact_path: str | None = None,
    run_id: str | None = None,
    synchronous: bool | None = None,
) -> None:
    """Keep a local file, or a folder under its own name, as it is now.

    Args:
        local_path: a file or folder of this machine; once the call has returned it may be
            changed or removed.
        artifact_path: a folder of the run to put it in.
        run_id: the run; the active one, or a new one, if None.
        synchronous: True sends it before the call returns, and raises what the store says
            against it. Otherwise what goes to another machine is sent in the background, and
            `end_run` and the end of the process wait for it.

    Raises:
        InvalidParameterError: there is nothing at the path.

    """
    files, run = _files(run_id)
    files.log_path(run, local_path, artifact_path, synchronous)


def log_artifacts(
    local_dir: StrPath,
    artifact_path: str | None = None,
    run_id: str | None = None,
    synchronous: bool | None = None,
) -> None:
    """Keep everything below a local folder. As `log_artifact` does.

    What cannot be read is named in a warning and left out.
    """
    files, run = _files(run_id)
    files.log_folder(run, local_dir, artifact_path, synchronous)


def log_text(text: str, artifact_file: str, run_id: str | None = None) -> None:
    """Keep a text as a file."""
    files, run = _files(run_id)
    files.log_bytes(run, text.encode(), artifact_file)


def log_dict(dictionary: Any, artifact_file: str, run_id: str | None = None) -> None:
    """Keep a dictionary as YAML if the file's name says so, else as JSON."""
    files, run = _files(run_id)
    files.log_dictionary(run, dictionary, artifact_file)


def log_stream(stream: Any, artifact_file: str, run_id: str | None = None) -> None:
    """Keep what a binary stream yields."""
    files, run = _files(run_id)
    files.log_stream(run, stream, artifact_file)


def log_figure(
    figure: Any, artifact_file: str, *, save_kwargs: dict[str, Any] | None = None
) -> None:
    """Keep a matplotlib or plotly figure, in the format that the file's name says."""
    files, run = _files()
    files.log_figure(run, figure, artifact_file, save_kwargs)


def log_image(
    image: Any,
    artifact_file: str | None = None,
    key: str | None = None,
    step: int | None = None,
    timestamp: int | None = None,
    synchronous: bool | None = False,
) -> None:
    """Keep an image as a file, or as one of a series by `key` and `step`."""
    files, run = _files()
    files.log_image(run, image, artifact_file, key, step, timestamp, synchronous)


def log_table(data: Any, artifact_file: str, run_id: str | None = None) -> None:
    """Keep rows in a table; those of a second call are added behind them."""
    files, run = _files(run_id)
    files.log_table(run, data, artifact_file)


def load_table(
    artifact_file: str,
    run_ids: Sequence[str] | None = None,
    extra_columns: Sequence[str] | None = None,
) -> Any:
    """The rows of a table over the runs of the active experiment, as a DataFrame."""
    from epochal.fluent.experiments import active_experiment_id

    return MlflowClient().load_table(active_experiment_id(), artifact_file, run_ids, extra_columns)


def get_artifact_uri(artifact_path: str | None = None) -> str:
    """Where the active run keeps its files, or a path among them."""
    from epochal.fluent.active import active_run, start_run

    root = (active_run() or start_run()).info.artifact_uri.rstrip("/")
    return f"{root}/{artifact_path.strip('/')}" if artifact_path else root


def _files(run_id: str | None = None) -> tuple[RunFiles, str]:
    """The files in the store of the given or active run, and the run's id.

    It is the store that the run was begun in, wherever the script has turned to since.
    """
    book = active_book(run_id or None)
    return book.outbox.files, book.run_id
