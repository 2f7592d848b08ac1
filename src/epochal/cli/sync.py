"""`epochal sync`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from epochal.client.sync import Outcome


@click.command("sync")
@click.argument(
    "folders",
    nargs=-1,
    metavar="[FOLDER]...",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option(
    "--tracking-uri",
    metavar="URI",
    help="The store to deliver to. Default: the one that the processes meant.",
)
def sync(folders: tuple[Path, ...], tracking_uri: str | None) -> None:
    """Deliver what processes left undelivered in each FOLDER, and in folders below it.

    A folder is one that was logged into offline, the folder of a store, a journal, a folder of
    journals, or one that holds such folders. Without any it is the journals of the current
    store and those that you keep on this machine for stores elsewhere. Delivering twice does
    no harm, and neither do writers that still run. The exit status is 1 if something could not
    be delivered.
    """
    from epochal.client import sync as deliveries

    if not folders:
        folders = tuple(map(Path, deliveries.default_folders(tracking_uri)))
        if not folders:
            click.echo("Nothing to deliver: neither the current store nor you have journals.")
    is_complete = True
    for folder in folders:
        is_complete &= _tell(folder, deliveries.sync(str(folder), tracking_uri))
    if not is_complete:
        raise click.exceptions.Exit(1)


def _tell(folder: Path, outcome: Outcome) -> bool:
    """Say what became of a folder; whether all of it was delivered."""
    from epochal.client.sync import MAX_DEPTH

    for journal, store in outcome.delivered:
        click.echo(f"Delivered {journal} to {store}")
    for store, shipment in outcome.shipments:
        click.echo(
            f"Delivered {folder} to {store}: {shipment.values} values and {shipment.files} files "
            f"of {len(shipment.runs)} runs by {shipment.writers} processes"
        )
        for problem in shipment.problems:
            click.echo(f"Not delivered: {problem}", err=True)
    for problem in outcome.problems:
        click.echo(f"Not delivered: {problem}", err=True)
    if not (outcome.delivered or outcome.shipments or outcome.problems):
        reason = (
            "no journal there belongs to a process that has ended"
            if outcome.searched
            else f"no journals were found there, nor in its folders {MAX_DEPTH} levels down"
        )
        click.echo(f"Nothing to deliver in {folder}: {reason}.")
    return outcome.is_complete


COMMAND = sync
