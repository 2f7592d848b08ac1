"""`epochal runs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from epochal.cli.findings import choose_columns, iter_tables, print_found, spell_date
from epochal.cli.store import PAGE, VIEWS, open_client, view_option
from epochal.cli.tables import print_json, print_table
from epochal.client.drafts import Search
from epochal.entities import ViewType
from epochal.errors import NotFoundError
from epochal.rules.names import NOTE_TAG, PARENT_RUN_TAG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from epochal.client.mlflow_client import MlflowClient
    from epochal.entities import Run, RunTable

_ENDS = ("FINISHED", "FAILED", "KILLED")


@click.group("runs")
def runs() -> None:
    """List, search, describe, create, delete and restore runs.

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
    rows = [(spell_date(run.info.start_time), run.info.run_name, run.info.run_id) for run in found]
    print_table(("Date", "Name", "ID"), rows)


def _iter_runs(experiment_id: str, view: int) -> Iterator[Run]:
    client, token = open_client(), None
    while True:
        page = client.search_runs([experiment_id], "", view, PAGE, None, token)
        yield from page
        token = page.token
        if token is None:
            return


@runs.command()
@click.argument("filter_text", metavar="[FILTER]", default="")
@click.option("--experiment-id", "ids", multiple=True, help="Whose runs; all if none is named.")
@click.option("--experiment-name", "names", multiple=True, help="The same, by name.")
@click.option(
    "--order-by", multiple=True, metavar="FIELD [DESC]", help="Once for each field to order by."
)
@click.option(
    "--columns", multiple=True, metavar="FIELD,…", help="What to show; else what is searched by."
)
@click.option("--json", "form", flag_value="json", help="Print one JSON array.")
@click.option("--csv", "form", flag_value="csv", help="Print comma-separated values.")
@click.option("-n", "limit", type=click.IntRange(min=0), help="At most so many; all by default.")
@view_option()
def search(
    filter_text: str,
    *,
    ids: tuple[str, ...],
    names: tuple[str, ...],
    order_by: tuple[str, ...],
    columns: tuple[str, ...],
    form: str | None,
    limit: int | None,
    view: str,
) -> None:
    """Find runs by a filter, such as "metrics.loss < 0.1 AND tags.team = 'data'"."""
    client = open_client()
    shown = choose_columns(columns, filter_text, order_by)
    experiments = [*ids, *(_experiment_id(client, name) for name in names)]
    if not experiments:
        experiments = _all_experiments(client)
    reader = client.run_tables()

    def read(count: int, token: str | None) -> RunTable:
        wanted = Search(filter_text, order_by, VIEWS[view.lower()], count, token)
        return reader.read(experiments, wanted, shown)

    print_found(iter_tables(read, PAGE, limit), shown, form or "table")


def _experiment_id(client: MlflowClient, name: str) -> str:
    found = client.get_experiment_by_name(name)
    if found is None:
        raise NotFoundError("experiment with name", name)
    return found.experiment_id


def _all_experiments(client: MlflowClient) -> list[str]:
    found: list[str] = []
    token = None
    while True:
        page = client.search_experiments(ViewType.ALL, PAGE, page_token=token)
        found += [experiment.experiment_id for experiment in page]
        token = page.token
        if token is None:
            return found


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
@_ID
@click.option("--step", type=int, required=True, help="The last step that still holds.")
def rewind(run_id: str, step: int) -> None:
    """Supersede the points of a run beyond a step; they stay in its history."""
    count = open_client().rewind_run(run_id, step)
    click.echo(f"Run with ID {run_id} was rewound to step {step}: {count} points superseded.")


@runs.command("delete-metric")
@_ID
@click.option("--key", required=True, help="The metric.")
def delete_metric(run_id: str, key: str) -> None:
    """Forget a metric of a run for good, its history too."""
    open_client().delete_metric(run_id, key)
    click.echo(f"Metric {key!r} of the run with ID {run_id} has been deleted.")


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
