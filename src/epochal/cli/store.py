"""What commands share that work on a store: the client, and the options that several have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from epochal.entities import ViewType

if TYPE_CHECKING:
    from epochal.client.mlflow_client import MlflowClient

VIEWS = {
    "active_only": ViewType.ACTIVE_ONLY,
    "deleted_only": ViewType.DELETED_ONLY,
    "all": ViewType.ALL,
}
PAGE = 1000


def open_client() -> MlflowClient:
    """A client of the store that the environment names, else of this folder's."""
    from epochal.client.mlflow_client import MlflowClient

    return MlflowClient()


def view_option() -> Any:
    """The option `--view`."""
    return click.option(
        "-v",
        "--view",
        type=click.Choice(list(VIEWS), case_sensitive=False),
        default="active_only",
        show_default=True,
        help="Which to list: those in use, those deleted, or both.",
    )
