"""`epochal registry`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from epochal.cli.findings import spell_date
from epochal.cli.store import open_client
from epochal.cli.tables import print_json, print_table
from epochal.entities.model_version import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from epochal.entities import ModelVersion


@click.group("registry")
def registry() -> None:
    """Register models, find them, move aliases and stages.

    The registry is that of MLFLOW_REGISTRY_URI, else of the store.
    """


COMMAND = registry
_JSON = click.option("--json", "as_json", is_flag=True, help="For programs.")
_ORDER = click.option("--order-by", multiple=True, help="A field, with ASC or DESC; repeatable.")
_LIMIT = click.option("-n", "--max-results", type=click.IntRange(1), help="At most so many.")


@registry.command()
@click.argument("model_uri")
@click.argument("name")
def register(model_uri: str, name: str) -> None:
    """Make MODEL_URI (runs:/<run id>/<path>, models:/…) the next version of NAME."""
    from epochal.fluent.registry import register_model

    register_model(model_uri, name)


@registry.command()
@click.argument("filter_string", metavar="[FILTER]", default="")
@_ORDER
@_LIMIT
@_JSON
def models(
    filter_string: str, order_by: tuple[str, ...], max_results: int | None, *, as_json: bool
) -> None:
    """List registered models, such as "name LIKE 'taxi%'"."""
    from epochal.fluent.registry import search_registered_models

    found = search_registered_models(max_results, filter_string, list(order_by))
    if as_json:
        print_json([asdict(model) for model in found])
        return
    rows = [
        (
            model.name,
            str(max((version.version for version in model.latest_versions), default="")),
            ", ".join(f"{alias}: {number}" for alias, number in model.aliases.items()),
            spell_date(model.last_updated_timestamp),
        )
        for model in found
    ]
    print_table(("Name", "Latest", "Aliases", "Updated"), rows)


@registry.command()
@click.argument("filter_string", metavar="[FILTER]", default="")
@_ORDER
@_LIMIT
@_JSON
def versions(
    filter_string: str, order_by: tuple[str, ...], max_results: int | None, *, as_json: bool
) -> None:
    """List versions of models, such as "name = 'taxi' AND alias = 'champion'"."""
    from epochal.fluent.registry import search_model_versions

    found = search_model_versions(max_results, filter_string, list(order_by))
    if as_json:
        print_json([asdict(version) for version in found])
    else:
        _print_versions(found)


@registry.command()
@click.argument("name")
@click.argument("version")
@_JSON
def show(name: str, version: str, *, as_json: bool) -> None:
    """Show one version, with its aliases and where its files lie."""
    client = open_client()
    found = asdict(client.get_model_version(name, version))
    found["download_uri"] = client.get_model_version_download_uri(name, version)
    if as_json:
        print_json(found)
        return
    for field, value in found.items():
        shown = spell_date(value) if field.endswith("_timestamp") else value
        click.echo(f"{field.replace('_', ' ').capitalize():23}: {'' if shown is None else shown}")


@registry.command()
@click.argument("name")
@click.argument("alias_name", metavar="ALIAS")
@click.argument("version", required=False)
@click.option("--delete", is_flag=True, help="Take the alias away instead.")
def alias(name: str, alias_name: str, version: str | None, *, delete: bool) -> None:
    """Let VERSION of NAME bear ALIAS, and no other version."""
    if delete == (version is not None):
        raise click.UsageError("Give either a version or --delete")
    client = open_client()
    if version is None:
        client.delete_registered_model_alias(name, alias_name)
        click.echo(f"No version of '{name}' bears the alias '{alias_name}' now")
    else:
        client.set_registered_model_alias(name, alias_name, version)
        click.echo(f"Version {version} of '{name}' bears the alias '{alias_name}' now")


@registry.command()
@click.argument("name")
@click.argument("version")
@click.argument("to_stage", metavar="STAGE", type=click.Choice(STAGES, case_sensitive=False))
@click.option("--archive", is_flag=True, help="Archive the other versions of that stage.")
def stage(name: str, version: str, to_stage: str, *, archive: bool) -> None:
    """Move VERSION of NAME to None, Staging, Production or Archived."""
    client = open_client()
    moved = client.transition_model_version_stage(name, version, to_stage, archive)
    click.echo(f"Version {moved.version} of '{name}' is in the stage {moved.current_stage} now")


def _print_versions(found: Iterable[ModelVersion]) -> None:
    rows = [
        (one.name, str(one.version), one.current_stage, one.run_id, one.source) for one in found
    ]
    print_table(("Name", "Version", "Stage", "Run", "Source"), rows)
