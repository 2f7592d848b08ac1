"""`epochal db`: the schema of a store."""

from __future__ import annotations

import click


@click.group("db")
def db() -> None:
    """Bring a store's database to the schema of this version."""


@db.command("upgrade")
@click.argument("url", required=False)
def upgrade(url: str | None) -> None:
    """Upgrade the database at URL, all or nothing; back it up before.

    URL is what `--backend-store-uri` takes: a folder, sqlite:///file.db or postgresql://…;
    without it the store of this folder is meant. Stop the servers that use the store first.
    """
    from epochal.settings import locate_store
    from epochal.wiring import upgrade_store

    before, after = upgrade_store(locate_store(url))
    if before == after:
        click.echo(f"The store is up to date, of schema version {after}")
    else:
        click.echo(f"Upgraded from schema version {before} to {after}")


COMMAND = db
