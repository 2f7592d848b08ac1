"""`epochal experiments`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

import click

from epochal.cli.store import PAGE, VIEWS, open_client, view_option
from epochal.cli.tables import print_fields, print_json, print_table
from epochal.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from epochal.entities import Experiment, Run


@click.group("experiments")
def experiments() -> None:
    """Create, find, change and delete experiments.

    The store is that of MLFLOW_TRACKING_URI, else this folder's.
    """


COMMAND = experiments
_ID = click.option("-x", "--experiment-id", required=True, help="The experiment's ID.")


@experiments.command()
@click.option("-n", "--experiment-name", required=True, help="A name that is not taken.")
@click.option("-l", "--artifact-location", help="Where its runs keep artifacts.")
def create(experiment_name: str, artifact_location: str | None) -> None:
    """Create an experiment."""
    created = open_client().create_experiment(experiment_name, artifact_location)
    click.echo(f"Created experiment '{experiment_name}' with id {created}")


@experiments.command()
@view_option()
@click.option("--max-results", type=click.IntRange(1), help="At most so many; default: all.")
def search(view: str, max_results: int | None) -> None:
    """List experiments by ID."""
    found = list(_iter_experiments(VIEWS[view.lower()], max_results))
    rows = [(item.experiment_id, item.name, item.artifact_location) for item in found]
    print_table(("Experiment Id", "Name", "Artifact Location"), rows)


def _iter_experiments(view: int, limit: int | None) -> Iterator[Experiment]:
    client, token, left = open_client(), None, limit
    while left is None or left > 0:
        size = PAGE if left is None else min(PAGE, left)
        page = client.search_experiments(view, size, None, ["experiment_id ASC"], token)
        yield from page
        token = page.token
        left = None if left is None else left - len(page)
        if token is None:
            return


@experiments.command()
@click.option("-x", "--experiment-id", help="The experiment's ID.")
@click.option("-n", "--experiment-name", help="The experiment's name.")
@click.option(
    "--output",
    type=click.Choice(["json", "table"], case_sensitive=False),
    default="table",
    show_default=True,
    help="For programs or for people.",
)
def get(experiment_id: str | None, experiment_name: str | None, output: str) -> None:
    """Show one experiment, by ID or by name."""
    if (experiment_id is None) == (experiment_name is None):
        raise click.UsageError("Give either --experiment-id or --experiment-name")
    found = _find(experiment_id, experiment_name)
    if output.lower() == "json":
        print_json({name: getattr(found, name) for name in type(found).__slots__})
    else:
        _print_experiment(found)


def _find(experiment_id: str | None, name: str | None) -> Experiment:
    client = open_client()
    if experiment_id is not None:
        return client.get_experiment(experiment_id)
    found = client.get_experiment_by_name(name or "")
    if found is None:
        raise NotFoundError("experiment with name", name or "")
    return found


def _print_experiment(found: Experiment) -> None:
    print_fields(
        {
            "Experiment ID": found.experiment_id,
            "Name": found.name,
            "Artifact Location": found.artifact_location,
            "Lifecycle Stage": found.lifecycle_stage,
            "Creation Time": str(found.creation_time or ""),
            "Last Update Time": str(found.last_update_time or ""),
            "Tags": ", ".join(f"{key}={value}" for key, value in found.tags.items()),
        }
    )


@experiments.command()
@_ID
def delete(experiment_id: str) -> None:
    """Set an experiment aside with all its runs; `restore` brings it back."""
    open_client().delete_experiment(experiment_id)
    click.echo(f"Experiment with ID {experiment_id} has been deleted.")


@experiments.command()
@_ID
def restore(experiment_id: str) -> None:
    """Bring back a deleted experiment with all its runs."""
    open_client().restore_experiment(experiment_id)
    click.echo(f"Experiment with id {experiment_id} has been restored.")


@experiments.command()
@_ID
@click.option("--new-name", required=True, help="A name that is not taken.")
def rename(experiment_id: str, new_name: str) -> None:
    """Rename an experiment."""
    open_client().rename_experiment(experiment_id, new_name)
    click.echo(f"Experiment with id {experiment_id} has been renamed to '{new_name}'.")


@experiments.command()
@_ID
@click.option("-o", "--filename", type=click.Path(dir_okay=False), help="Write here, not out.")
def csv(experiment_id: str, filename: str | None) -> None:
    """Write a table of all runs of an experiment: attributes, params, metrics, tags."""
    runs = list(_iter_runs(experiment_id))
    if filename is None:
        _write_csv(runs, sys.stdout)
        return
    try:
        with open(filename, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123 - as given
            _write_csv(runs, file)
    except OSError as fault:
        raise click.ClickException(f"Cannot write {filename!r}: {fault.strerror}") from None
    click.echo(f"Experiment with ID {experiment_id} has been exported as a CSV to {filename}.")


def _iter_runs(experiment_id: str) -> Iterator[Run]:
    client = open_client()
    client.get_experiment(experiment_id)
    token = None
    while True:
        page = client.search_runs([experiment_id], max_results=PAGE, page_token=token)
        yield from page
        token = page.token
        if token is None:
            return


def _write_csv(runs: list[Run], file: TextIO) -> None:
    import csv as tables

    rows = [_row(run) for run in runs]
    columns = dict.fromkeys([*_ATTRIBUTES, *(name for row in rows for name in row)])
    writer = tables.DictWriter(file, sorted(columns, key=_rank), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


_ATTRIBUTES = ("run_id", "experiment_id", "status", "artifact_uri", "start_time", "end_time")


def _row(run: Run) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(run.info, name) for name in _ATTRIBUTES}
    for kind in ("metrics", "params", "tags"):
        values: dict[str, object] = getattr(run.data, kind)
        row |= {f"{kind}.{key}": value for key, value in values.items()}
    return row


def _rank(column: str) -> tuple[int, str]:
    """Attributes first, then metrics, params and tags, each by name."""
    kinds = ("metrics", "params", "tags")
    kind, dot, _ = column.partition(".")
    return (1 + kinds.index(kind), column) if dot and kind in kinds else (0, "")
