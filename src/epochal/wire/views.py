"""Requests and responses about saved views."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, ClassVar, cast

import msgspec

from epochal.wire.decoding import Message
from epochal.wire.encoding import encode
from epochal.wire.numbers import Int64  # noqa: TC001 - msgspec reads annotations

if TYPE_CHECKING:
    from epochal.entities import Page, SavedView


class CreateView(Message):
    """A view of its own name; without experiments it is for all."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("name",)
    name: str = ""
    experiment_ids: list[str] = msgspec.field(default_factory=list[str])
    query: dict[str, Any] = msgspec.field(default_factory=dict[str, Any])
    owner: str = ""


class SearchViews(Message):
    """All views, or those that are for one of some experiments."""

    experiment_ids: list[str] = msgspec.field(default_factory=list[str])
    max_results: Int64 = 100
    page_token: str = ""


class UpdateView(Message):
    """What is absent stays as it is."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("view_id",)
    view_id: str = ""
    name: str | None = None
    experiment_ids: list[str] | None = None
    query: dict[str, Any] | None = None


class DeleteView(Message):
    """The view must be there."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("view_id",)
    view_id: str = ""


def encode_view(view: SavedView) -> bytes:
    """The answer to `views/create` and `views/update`."""
    return _encoded({"view": _view(view)})


def encode_views(page: Page[SavedView]) -> bytes:
    """The answer to `views/search`."""
    listed = [_view(view) for view in page.items]
    return _encoded({"views": listed, "next_page_token": page.token or ""})


def _encoded(answer: dict[str, Any]) -> bytes:
    """JSON; what older versions kept and JSON cannot tell is mended, so that lists survive it."""
    try:
        return encode(answer)
    except (UnicodeEncodeError, OverflowError):
        return json.dumps(_mended(answer), ensure_ascii=False).encode()


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        held = cast("dict[str, Any]", value)
        return {_mended(key): _mended(inner) for key, inner in held.items()}
    if isinstance(value, list):
        return [_mended(inner) for inner in cast("list[Any]", value)]
    return value


def _view(view: SavedView) -> dict[str, Any]:
    return {
        "view_id": view.view_id,
        "name": view.name,
        "experiment_ids": view.experiment_ids,
        "query": view.query,
        "owner": view.owner,
        "created_ms": view.created_ms,
        "updated_ms": view.updated_ms,
    }
