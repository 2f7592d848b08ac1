"""The command `epochal`. A group of commands is imported when it is asked for."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from epochal.errors import EpochalError

_COMMANDS = {
    "artifacts": ("artifacts", "Log, list, download and delete files of runs."),
    "datasets": ("datasets", "Keep versions of data, look at them, compare them."),
    "db": ("database", "Bring a store's database to the schema of this version."),
    "check": ("upkeep", "Read all stored files again and report what is damaged."),
    "experiments": ("experiments", "Create, find, change and delete experiments."),
    "gc": ("upkeep", "Remove files of deleted runs, and contents that no file has."),
    "registry": ("registry", "Register models, find them, move aliases and stages."),
    "runs": ("runs", "List, search, describe, create, delete and restore runs."),
    "sync": ("sync", "Deliver what ended processes left undelivered."),
    "server": ("server", "Serve a store, its web pages and MLflow's REST API."),
    "ui": ("server", "The same as `server`."),
}


class LazyCommands(click.Group):
    """A group whose commands live in modules that are imported one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        del ctx
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"epochal.cli.{_COMMANDS[cmd_name][0]}")
        # Modules with several commands name each; the others have one.
        command: click.Command = getattr(module, cmd_name.upper(), None) or module.COMMAND
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table above, so that help imports none of them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, _COMMANDS[name][1]) for name in sorted(_COMMANDS)])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an error that we foresaw is one line and exit status 1."""
        try:
            return super().invoke(ctx)
        except EpochalError as error:
            raise click.ClickException(error.message) from None


def _print_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001
    if not value or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        click.echo(f"epochal, version {version('epochal')}")
    except PackageNotFoundError:  # a source tree that was never installed
        click.echo("epochal, version 0+unknown")
    ctx.exit()


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
def epochal() -> None:
    """Track experiments: log runs, look at them, compare them."""


def main() -> None:
    """Run the command line; exit status 0, 1 for an error, 2 for wrong usage."""
    sys.exit(epochal.main(prog_name="epochal", standalone_mode=True))


if __name__ == "__main__":
    main()
