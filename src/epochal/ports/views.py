"""What a backend promises about saved views. Each method is all or nothing, and durable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.entities import Page, SavedView


class ViewStore(Protocol):
    """Where saved views are kept. One instance serves many threads."""

    def create_view(self, view: SavedView) -> None:
        """The id is one that nobody else uses. Raises ViewExistsError.

        No two views have both one name and the same experiments.
        """
        ...

    def get_view(self, view_id: str) -> SavedView:
        """Raises NotFoundError."""
        ...

    def search_views(
        self, experiment_ids: Sequence[str], limit: int, page_token: str | None
    ) -> Page[SavedView]:
        """By name, then id. With experiments: those saved for one of them, or for none."""
        ...

    def replace_view(self, view: SavedView) -> None:
        """Raises NotFoundError, ViewExistsError."""
        ...

    def delete_view(self, view_id: str) -> None:
        """Raises NotFoundError."""
        ...
