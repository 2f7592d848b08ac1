"""`epochal datasets`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from epochal.cli.findings import spell_date
from epochal.cli.tables import print_fields, print_json, print_table

if TYPE_CHECKING:
    from epochal.entities import DatasetVersion

_KIB = 1024
_DATASET = click.argument("dataset")


@click.group("datasets")
def datasets() -> None:
    """Keep versions of data, look at them, compare them.

    A DATASET is <name>, <name>/<version> or datasets:/<name>/<version>. The store is that of
    MLFLOW_TRACKING_URI, else this folder's.
    """


COMMAND = datasets


def _json_option() -> Any:
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


@datasets.command("list")
@click.option("--contains", default="", help="Only those whose name holds this text.")
@_json_option()
def list_datasets(contains: str, *, as_json: bool) -> None:
    """List all datasets with their newest version."""
    from epochal.fluent import datasets as fluent

    found = fluent.list_datasets(contains)
    latest = [one.latest for one in found if one.latest is not None]
    if as_json:
        print_json([describe(one) for one in latest])
        return
    rows = [
        (one.name, str(one.version), show_count(one.rows), show_size(one.size_bytes),
         spell_date(one.created_ms))
        for one in latest
    ]  # fmt: skip
    print_table(("Name", "Version", "Rows", "Size", "Kept"), rows)


@datasets.command()
@_DATASET
@_json_option()
def show(dataset: str, *, as_json: bool) -> None:
    """Describe a version, and list all versions of its name."""
    from epochal.fluent import datasets as fluent

    version = fluent.get_dataset(dataset)
    versions = fluent.list_dataset_versions(version.name)
    readers = fluent.dataset_lineage(f"{version.name}/{version.version}")
    if as_json:
        read_by = [{"run_id": one.run_id, "context": one.context} for one in readers]
        listed = [describe(one) for one in versions]
        print_json(describe(version, whole=True) | {"versions": listed, "read_by": read_by})
        return
    print_fields(_fields(version) | {"Read by": ", ".join(one.run_id for one in readers)})
    click.echo()
    rows = [
        (str(one.version), show_count(one.rows), show_size(one.size_bytes),
         show_size(one.new_bytes), spell_date(one.created_ms), one.run_id or "")
        for one in versions
    ]  # fmt: skip
    print_table(("Version", "Rows", "Size", "New", "Kept", "Run"), rows)


@datasets.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False))
@click.option("--name", help="What to call it; the file's name without its ending by default.")
@click.option("--description", help="What it is.")
@click.option("-t", "--tags", multiple=True, metavar="KEY=VALUE", help="Once for each tag.")
@click.option("--run-id", help="A run that reads it.")
@click.option("--context", help="What the run uses it for, such as training.")
@_json_option()
def log(
    path: str,
    name: str | None,
    description: str | None,
    tags: tuple[str, ...],
    run_id: str | None,
    context: str | None,
    *,
    as_json: bool,
) -> None:
    """Keep a file as a version; the same content is the same version."""
    from epochal.data.file_dataset import stem
    from epochal.fluent import datasets as fluent

    version = fluent.log_dataset(
        path, name or stem(path), context, run_id, _tags(tags), description
    )
    if as_json:
        print_json(describe(version))
        return
    click.echo(
        f"{version.uri}: {show_size(version.size_bytes)}, of which "
        f"{show_size(version.new_bytes)} were new"
    )


@datasets.command()
@_DATASET
@click.option(
    "--dst", default=".", show_default=True, type=click.Path(file_okay=False), help="The folder."
)
@_json_option()
def download(dataset: str, dst: str, *, as_json: bool) -> None:
    """Copy the file of a version to a folder."""
    from epochal.fluent import datasets as fluent

    path = os.path.abspath(fluent.load_dataset(dataset, "path", dst))  # noqa: PTH100 - shown as typed
    if as_json:
        print_json({"path": path})
    else:
        click.echo(path)


@datasets.command()
@click.argument("a")
@click.argument("b")
@_json_option()
def diff(a: str, b: str, *, as_json: bool) -> None:
    """Compare two versions: columns, rows, and how far each column has moved."""
    from epochal.fluent import datasets as fluent

    found = fluent.shelf().diff(a, b)
    if as_json:
        print_json(found)
        return
    print_fields(
        {
            "Rows": " → ".join(map(str, found["rows"])),
            "Size": " → ".join(map(show_size, found["size_bytes"])),
            "Shared": show_size(found["shared_bytes"]),
            "Added": ", ".join(found["added"]),
            "Removed": ", ".join(found["removed"]),
            "Retyped": ", ".join(
                f"{one['name']} ({one['from']} → {one['to']})" for one in found["retyped"]
            ),
        }
    )
    click.echo()
    rows = [
        (one["name"], one["verdict"], _number(one["psi"]), _number(one["ks"]),
         _pair(one.get("mean")), _pair(one["missing_share"]))
        for one in found["columns"]
    ]  # fmt: skip
    print_table(("Column", "Drift", "PSI", "KS", "Mean", "Missing"), rows)


@datasets.command()
@_DATASET
@click.option("--yes", is_flag=True, help="Do not ask.")
@_json_option()
def delete(dataset: str, *, yes: bool, as_json: bool) -> None:
    """Delete a version, or all versions of a name; not while runs name them as inputs."""
    from epochal.fluent import datasets as fluent

    if not yes:
        click.confirm(f"Delete {dataset} for good?", abort=True, err=True)
    fluent.delete_dataset(dataset)
    if as_json:
        print_json({"deleted": dataset})
    else:
        click.echo(f"{dataset} has been deleted.")


def describe(version: DatasetVersion, *, whole: bool = False) -> dict[str, Any]:
    """A version as JSON; its profile only when it is to be whole."""
    import json

    left_out = set[str]() if whole else {"schema", "profile"}
    fields = {
        name: getattr(version, name)
        for name in version.__dataclass_fields__
        if name not in left_out
    }
    for name in ("schema", "profile"):
        if fields.get(name):
            fields[name] = json.loads(fields[name])
    return fields | {"uri": version.uri, "digest": version.digest}


def _fields(version: DatasetVersion) -> dict[str, str]:
    return {
        "Dataset": version.uri,
        "Content": f"SHA-256 {version.content}",
        "File": f"{version.file_name}, {show_size(version.size_bytes)}",
        "Rows": show_count(version.rows),
        "Columns": show_count(version.columns),
        "Kept": spell_date(version.created_ms),
        "Stored": f"{show_size(version.new_bytes)} new, in {version.chunks} chunks",
        "Description": version.description or "",
        "Tags": ", ".join(f"{key}={value}" for key, value in version.tags.items()),
        "Made by run": version.run_id or "",
    }


def show_size(size: int) -> str:
    """Bytes for people."""
    amount = float(size)
    for unit in ("B", "KiB", "MiB", "GiB"):
        if amount < _KIB:
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= _KIB
    return f"{amount:.1f} TiB"


def show_count(count: int | None) -> str:
    """A number with its thousands apart; nothing where it is not known."""
    return "" if count is None else f"{count:,}"


def _tags(given: tuple[str, ...]) -> dict[str, str]:
    tags: dict[str, str] = {}
    for text in given:
        key, mark, value = text.partition("=")
        if not mark or not key:
            raise click.BadParameter(f"{text!r} must be KEY=VALUE", param_hint="--tags")
        tags[key] = value
    return tags


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _pair(values: list[float | None] | None) -> str:
    return (
        "" if values is None else " → ".join(f"{v:.4g}" if v is not None else "-" for v in values)
    )
