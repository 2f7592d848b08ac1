"""`epochal sync`."""

from __future__ import annotations

import os
from pathlib import Path

import click


@click.command("sync")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def sync(folder: Path) -> None:
    """Deliver what processes left undelivered in FOLDER, a journal or a folder of journals.

    Each journal knows its store. Delivering twice does no harm.
    """
    from epochal.client.stores import open_store
    from epochal.client.sync import deliver_folder, read_owner
    from epochal.client.writers import OWNER, iter_orphans

    one = folder.absolute() if (folder / OWNER).is_file() else None
    count = 0
    for found, lock in iter_orphans(str(one.parent if one else folder.absolute())):
        try:
            if one is None or Path(found) == one:
                store = read_owner(found)
                deliver_folder(found, open_store(store).transport)
                click.echo(f"Delivered {found} to {store}")
                count += 1
        finally:
            os.close(lock)
    if not count:
        click.echo("Nothing to deliver: no journal there belongs to a process that has ended.")


COMMAND = sync
