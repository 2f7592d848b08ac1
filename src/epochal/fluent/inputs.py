"""What the active run reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from epochal.data.surroundings import SURROUNDINGS
from epochal.entities import Dataset, DatasetInput, DatasetVersion, InputTag
from epochal.entities.dataset import CONTEXT_TAG
from epochal.errors import InvalidParameterError, UnavailableError
from epochal.fluent.active import active_book
from epochal.fluent.datasets import load_dataset, profile_of, version_input
from epochal.rules.datasets import SCHEME

FETCH_S = 120.0

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def _source_tags() -> Mapping[str, str]:
    from epochal.capture.source import source_tags

    return source_tags()


def fetch_url(url: str, folder: str | None) -> str:
    """Copy a file of the web to a folder, a temporary one if None; where it lies now.

    Raises:
        UnavailableError: it cannot be fetched.

    """
    import os
    import shutil
    from urllib.parse import unquote, urlsplit
    from urllib.request import Request, urlopen

    from epochal.client.artifacts import local_target

    name = os.path.basename(unquote(urlsplit(url).path)) or "dataset"
    target = os.path.join(local_target(folder), name)
    request = Request(url, headers={"User-Agent": "epochal-client"})  # noqa: S310 - checked by callers: http or https
    try:
        with urlopen(request, timeout=FETCH_S) as answer, open(target, "wb") as file:  # noqa: S310
            shutil.copyfileobj(answer, file)
    except OSError as fault:
        raise UnavailableError(f"{url!r} cannot be fetched: {fault}") from None
    return target


def _download(uri: str, folder: str | None) -> str:
    """Fetch what a source of data names."""
    from epochal.fluent.downloads import download_artifacts

    if uri.startswith(SCHEME):
        return load_dataset(uri, "path", folder)
    if uri.startswith(("http://", "https://")):
        return fetch_url(uri, folder)
    return download_artifacts(uri, dst_path=folder)


SURROUNDINGS.code_tags = _source_tags
SURROUNDINGS.download = _download
SURROUNDINGS.profile = profile_of


def log_input(
    dataset: Any = None,
    context: str | None = None,
    tags: Mapping[str, str] | None = None,
    model: Any = None,
) -> None:
    """Note that the active run reads a dataset.

    Args:
        dataset: one of ours, or any object that describes itself by `to_dict()`.
        context: what it is used for, such as "training".
        tags: further metadata of this use.
        model: accepted for compatibility.

    Raises:
        InvalidParameterError: `dataset` is no dataset.

    """
    log_inputs([dataset], [context], [tags], [model])


def log_inputs(
    datasets: Sequence[Any] | None = None,
    contexts: Sequence[str | None] | None = None,
    tags_list: Sequence[Mapping[str, str] | None] | None = None,
    models: Sequence[Any] | None = None,
) -> None:
    """Note several datasets; the lists are of one length. See `log_input`."""
    del models
    datasets = datasets or []
    contexts = contexts or [None] * len(datasets)
    tags_list = tags_list or [None] * len(datasets)
    if not len(datasets) == len(contexts) == len(tags_list):
        raise InvalidParameterError(
            f"datasets, contexts and tags_list must be equally long; they have {len(datasets)}, "
            f"{len(contexts)} and {len(tags_list)} entries"
        )
    inputs = [
        _input(dataset, context, tags or {})
        for dataset, context, tags in zip(datasets, contexts, tags_list, strict=True)
        if dataset is not None
    ]
    book = active_book()
    book.outbox.reader().log_inputs(book.run_id, inputs)


def _input(dataset: Any, context: str | None, tags: Mapping[str, str]) -> DatasetInput:
    noted = [InputTag(key, str(value)) for key, value in tags.items()]
    if context is not None:
        noted.insert(0, InputTag(CONTEXT_TAG, context))
    return DatasetInput(as_dataset(dataset), noted)


def as_dataset(given: Any) -> Dataset:
    """A dataset from ours or from any object with `to_dict()`. Raises InvalidParameterError."""
    if isinstance(given, Dataset):
        return given
    if isinstance(given, DatasetVersion):
        return version_input(given, None).dataset
    try:
        fields: dict[str, Any] = dict(given.to_dict())
        return Dataset(
            name=fields["name"],
            digest=fields["digest"],
            source_type=fields["source_type"],
            source=_text(fields["source"]) or "",
            schema=_text(fields.get("schema")),
            profile=_text(fields.get("profile")),
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        raise InvalidParameterError(
            f"{given!r} of type {type(given).__name__} is no dataset: it must have to_dict() "
            "with name, digest, source_type and source"
        ) from None


def _text(value: Any) -> str | None:
    import json

    return value if value is None or isinstance(value, str) else json.dumps(value)
