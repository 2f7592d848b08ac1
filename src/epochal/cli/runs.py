"""`epochal runs`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from epochal.cli.store import PAGE, VIEWS, open_client, view_option
from epochal.cli.tables import print_json, print_table
from epochal.errors import NotFoundError
from epochal.rules.names import NOTE_TAG, PARENT_RUN_TAG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from epochal.client.mlflow_client import MlflowClient
    from epochal.entities import Run

_ENDS = ("FINISHED", "FAILED", "KILLED")


@click.group("runs")
def runs() -> None:
    """List, describe, create, delete and restore runs.

    The store is that of MLFLOW_TRACKING_URI, else this folder's.
    """


COMMAND = runs
_ID = click.option("--run-id", required=True, help="The run's ID.")


@runs.command("list")
@click.option("--experiment-id", required=True, help="Whose runs.")
@view_option()
def list_runs(experiment_id: str, view: str) -> None:
    """List the runs of an experiment, the newest first."""
    found = _iter_runs(experiment_id, VIEWS[view.lower()])
    rows = [(show_date(run.info.start_time), run.info.run_name, run.info.run_id) for run in found]
    print_table(("Date", "Name", "ID"), rows)


def _iter_runs(experiment_id: str, view: int) -> Iterator[Run]:
    client, token = open_client(), None
    while True:
        page = client.search_runs([experiment_id], "", view, PAGE, None, token)
        yield from page
        token = page.token
        if token is None:
            return


def show_date(started_ms: int | None) -> str:
    """A moment in UTC; nothing where it is not known."""
    if not started_ms:
        return ""
    try:
        return f"{datetime.fromtimestamp(started_ms / 1000, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, OverflowError):  # a year that no calendar has
        return str(started_ms)


@runs.command()
@_ID
def describe(run_id: str) -> None:
    """Print everything about a run as JSON."""
    print_json(open_client().get_run(run_id).to_dictionary())


@runs.command()
@_ID
def delete(run_id: str) -> None:
    """Set a run aside; `restore` brings it back."""
    open_client().delete_run(run_id)
    click.echo(f"Run with ID {run_id} has been deleted.")


@runs.command()
@_ID
def restore(run_id: str) -> None:
    """Bring back a deleted run."""
    open_client().restore_run(run_id)
    click.echo(f"Run with id {run_id} has been restored.")


@runs.command()
@click.option("--experiment-id", help="The experiment's ID.")
@click.option("--experiment-name", help="The experiment's name; made if there is none.")
@click.option("--run-name", help="The run's name.")
@click.option("--description", help="What the run is about.")
@click.option("-t", "--tags", multiple=True, metavar="KEY=VALUE", help="Once for each tag.")
@click.option(
    "--status",
    type=click.Choice(_ENDS, case_sensitive=False),
    default="FINISHED",
    show_default=True,
    help="How the run ended.",
)
@click.option("--parent-run-id", help="The run that this one belongs to.")
def create(
    experiment_id: str | None,
    experiment_name: str | None,
    run_name: str | None,
    *,
    description: str | None,
    tags: tuple[str, ...],
    status: str,
    parent_run_id: str | None,
) -> None:
    """Create a run and end it at once."""
    if (experiment_id is None) == (experiment_name is None):
        raise click.UsageError("Give either --experiment-id or --experiment-name")
    texts = dict(_parse_tag(tag) for tag in tags)
    if description is not None:
        texts[NOTE_TAG] = description
    if parent_run_id is not None:
        texts[PARENT_RUN_TAG] = parent_run_id
    client = open_client()
    chosen = experiment_id or _experiment_named(client, experiment_name or "")
    run = client.create_run(chosen, tags=texts, run_name=run_name)
    client.set_terminated(run.info.run_id, status.upper())
    print_json(
        {
            "run_id": run.info.run_id,
            "experiment_id": run.info.experiment_id,
            "status": status.upper(),
            "run_name": run.info.run_name,
        }
    )


def _parse_tag(text: str) -> tuple[str, str]:
    key, separator, value = text.partition("=")
    if not separator or not key.strip():
        raise click.BadParameter(f"{text!r} is no tag; give key=value", param_hint="--tags")
    return key.strip(), value.strip()


def _experiment_named(client: MlflowClient, name: str) -> str:
    found = client.get_experiment_by_name(name)
    if found is None:
        return client.create_experiment(name)
    if found.lifecycle_stage == "deleted":
        raise NotFoundError("active experiment with name", name)
    return found.experiment_id
