"""Registering models and finding them again."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from epochal.client.drafts import as_count
from epochal.client.mlflow_client import MlflowClient
from epochal.client.registry import AWAIT_S, locate_source
from epochal.errors import AlreadyExistsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from epochal.entities import ModelVersion, PagedList, RegisteredModel

_PAGE = 1000


def register_model(
    model_uri: str,
    name: str,
    await_registration_for: int | None = AWAIT_S,
    *,
    tags: Mapping[str, Any] | None = None,
    env_pack: Any = None,
) -> ModelVersion:
    """Make the model at a URI the next version under a name, which is made if it is new.

    Args:
        model_uri: `runs:/<run id>/<path>`, `models:/<name>/<version>` or `models:/<name>@<alias>`
            to copy a version, or any place of artifacts.
        name: the registered model.
        await_registration_for: seconds to wait for a server that copies files first.
        tags: of the version.
        env_pack: taken for MLflow's sake, and ignored.

    Raises:
        NotFoundError: there is no such run or version.
        InvalidParameterError: the run has nothing at that path, or a name is not legal.

    """
    del env_pack
    client = MlflowClient()
    source, run_id = locate_source(client.run_reader(), client, model_uri)
    try:
        client.create_registered_model(name)
        _say(f"Successfully registered model '{name}'.")
    except AlreadyExistsError:
        _say(f"Registered model '{name}' already exists. Creating a new version of it.")
    made = client.create_model_version(
        name, source, run_id, tags, await_creation_for=await_registration_for
    )
    _say(f"Created version '{made.version}' of model '{name}'.")
    return made


def search_registered_models(
    max_results: int | None = None,
    filter_string: str | None = None,
    order_by: Sequence[str] | None = None,
) -> list[RegisteredModel]:
    """All registered models that match, or the first `max_results`, by name unless told otherwise.

    Raises:
        InvalidParameterError: a filter or an ordering that is not understood.

    """
    client = MlflowClient()
    return list(
        _pages(
            lambda count, token: client.search_registered_models(
                filter_string, count, order_by, token
            ),
            max_results,
        )
    )


def search_model_versions(
    max_results: int | None = None,
    filter_string: str | None = None,
    order_by: Sequence[str] | None = None,
) -> list[ModelVersion]:
    """All versions that match, or the first `max_results`, the last changed first.

    Raises:
        InvalidParameterError: a filter or an ordering that is not understood.

    """
    client = MlflowClient()
    return list(
        _pages(
            lambda count, token: client.search_model_versions(
                filter_string, count, order_by, token
            ),
            max_results,
        )
    )


def set_model_version_tag(
    name: str, version: str | int | None = None, key: str | None = None, value: Any = None
) -> None:
    """Set or overwrite a tag of a version. Raises VersionNotFoundError."""
    MlflowClient().set_model_version_tag(name, version, key, value)


def _say(message: str) -> None:
    sys.stderr.write(f"{message}\n")


def _pages(
    fetch: Callable[[int, str | None], PagedList[Any]], max_results: int | None
) -> Iterable[Any]:
    left = None if max_results is None else as_count(max_results)
    token = None
    while left is None or left > 0:
        page = fetch(_PAGE if left is None else min(left, _PAGE), token)
        yield from page
        left, token = None if left is None else left - len(page), page.token
        if not token:
            return
