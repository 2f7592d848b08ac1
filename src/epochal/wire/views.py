"""Requests and responses about saved views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

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
    return encode({"view": _view(view)})


def encode_views(page: Page[SavedView]) -> bytes:
    """The answer to `views/search`."""
    listed = [_view(view) for view in page.items]
    return encode({"views": listed, "next_page_token": page.token or ""})


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
