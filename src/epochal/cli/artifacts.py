"""`epochal artifacts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from epochal.cli.store import open_client
from epochal.cli.tables import print_json

if TYPE_CHECKING:
    from epochal.entities import FileInfo


@click.group("artifacts")
def artifacts() -> None:
    """Log, list, download and delete files of runs.

    The store is that of MLFLOW_TRACKING_URI, else this folder's.
    """


COMMAND = artifacts
_RUN = click.option("-r", "--run-id", required=True, help="The run's ID.")
_BELOW = click.option("-a", "--artifact-path", help="The folder of the run to put it in.")
_PATH = click.option("-a", "--artifact-path", help="A path among the run's files.")
_URI = click.option(
    "-u", "--artifact-uri", help="A URI instead of a run: runs:/…, s3://…, a folder."
)
_OR_RUN = click.option("-r", "--run-id", help="The run's ID.")


@artifacts.command("log-artifact")
@click.option("-l", "--local-file", required=True, help="The file, or a folder under its name.")
@_RUN
@_BELOW
def log_artifact(local_file: str, run_id: str, artifact_path: str | None) -> None:
    """Keep a local file, or a folder under its own name."""
    open_client().log_artifact(run_id, local_file, artifact_path, synchronous=True)
    click.echo(f"Logged {local_file} to run {run_id}")


@artifacts.command("log-artifacts")
@click.option("-l", "--local-dir", required=True, help="The folder.")
@_RUN
@_BELOW
def log_artifacts(local_dir: str, run_id: str, artifact_path: str | None) -> None:
    """Keep everything below a local folder."""
    open_client().log_artifacts(run_id, local_dir, artifact_path, synchronous=True)
    click.echo(f"Logged what lies in {local_dir} to run {run_id}")


@artifacts.command("list")
@_OR_RUN
@_PATH
@_URI
def list_files(run_id: str | None, artifact_path: str | None, artifact_uri: str | None) -> None:
    """Print what lies directly below a path as JSON."""
    from epochal.fluent.downloads import list_artifacts

    found = list_artifacts(artifact_uri, run_id, artifact_path)
    print_json([_describe(entry) for entry in found])


def _describe(entry: FileInfo) -> dict[str, object]:
    size = {} if entry.is_dir else {"file_size": entry.file_size}
    return {"path": entry.path, "is_dir": entry.is_dir, **size}


@artifacts.command()
@_OR_RUN
@_PATH
@_URI
@click.option("-d", "--dst-path", help="The folder to copy to; a new temporary one if absent.")
def download(
    run_id: str | None, artifact_path: str | None, artifact_uri: str | None, dst_path: str | None
) -> None:
    """Copy a file or folder to this machine and print where it lies."""
    from epochal.fluent.downloads import download_artifacts

    click.echo(download_artifacts(artifact_uri, run_id, artifact_path, dst_path))


@artifacts.command()
@_OR_RUN
@_PATH
@_URI
@click.option("--yes", is_flag=True, help="Do not ask before all files of a run are deleted.")
def delete(
    run_id: str | None,
    artifact_path: str | None,
    artifact_uri: str | None,
    yes: bool,  # noqa: FBT001 - the option's name
) -> None:
    """Delete a file or a folder with all below it."""
    from epochal.fluent.downloads import delete_artifacts

    if run_id and not artifact_path and not yes:
        click.confirm(f"Delete all files of run {run_id}?", abort=True)
    delete_artifacts(artifact_uri, run_id, artifact_path)
    click.echo(f"Deleted {artifact_uri or artifact_path or 'all files'}")
