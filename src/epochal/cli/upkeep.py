"""`epochal gc` and `epochal check`: keeping a store small and sound."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from epochal.services import Services

_AGE = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd]?)")
_UNITS_S = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}


def _store_options(command: Any) -> Any:
    """The store's options, spelled as the server's are."""
    options = (
        ("--backend-store-uri", "BACKEND_STORE_URI", "The store, as the server was told."),
        (
            "--artifacts-destination",
            "ARTIFACTS_DESTINATION",
            "Where its artifacts are, as the server was told.",
        ),
    )
    for name, env, told in options:
        variables = [f"EPOCHAL_{env}", f"MLFLOW_{env}"]
        command = click.option(name, envvar=variables, metavar="URI", help=told)(command)
    return command


@click.command("gc")
@_store_options
@click.option(
    "--older-than",
    default="30d",
    show_default=True,
    metavar="AGE",
    help="Files go of runs that were deleted longer ago: 90s, 15m, 12h, 30d.",
)
@click.option(
    "--grace",
    default="24h",
    show_default=True,
    metavar="AGE",
    help="Contents go that no file has had for longer; uploads on their way stay.",
)
@click.option("--delete", "removes", is_flag=True, help="Remove; without it they are listed.")
def gc(
    backend_store_uri: str | None,
    artifacts_destination: str | None,
    older_than: str,
    grace: str,
    *,
    removes: bool,
) -> None:
    """List, or with --delete remove, files of deleted runs and contents that no file has.

    Servers and scripts may go on meanwhile. The runs keep their params, metrics and tags.
    """
    ages = parse_age(older_than), parse_age(grace)
    services = _open(backend_store_uri, artifacts_destination)
    count, size = 0, 0
    try:
        for refuse in services.upkeep.collect(*ages, removes=removes):
            count, size = count + 1, size + (refuse.size or 0)
            told = "" if refuse.size is None else f"  {refuse.size} bytes"
            click.echo(f"{refuse.kind}  {refuse.name}{told}")
        dropped = services.datasets.collect(int(ages[1] * 1000)) if removes else 0
    finally:
        services.close()
    verb = "Removed" if removes else "Would remove"
    hint = "" if removes or not count else "; repeat with --delete to do it"
    click.echo(f"{verb} {count} entries, {size} bytes{hint}")
    if dropped:
        click.echo(f"Dropped {dropped} uploads of datasets that nobody completed")


@click.command("check")
@_store_options
def check(backend_store_uri: str | None, artifacts_destination: str | None) -> None:
    """Read every stored content again and report those that are damaged.

    Exit status 1 when there are some. Files that a script wrote to s3:// itself are not read.
    """
    services = _open(backend_store_uri, artifacts_destination)
    count, damaged = 0, 0
    try:
        for damage in services.upkeep.check():
            count += 1
            if damage is not None:
                damaged += 1
                click.echo(f"{damage.name}: {damage.reason}")
    finally:
        services.close()
    click.echo(f"Read {count} contents, {damaged} damaged")
    if damaged:
        raise click.exceptions.Exit(1)


GC, CHECK = gc, check
COMMAND = gc


def parse_age(text: str) -> float:
    """Seconds. Raises InvalidParameterError."""
    match = _AGE.fullmatch(text.strip().lower())
    if match is None:
        raise InvalidParameterError(
            f"{text!r} is no age; give a number and s, m, h or d, such as 30d"
        )
    return float(match[1]) * _UNITS_S[match[2]]


def _open(store: str | None, destination: str | None) -> Services:
    from epochal.settings import locate_store
    from epochal.wiring import open_served

    return open_served(locate_store(store), destination)
