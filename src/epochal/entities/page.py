from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a search; `token` asks for the next one and is None on the last."""

    items: list[T]
    token: str | None = None


class PagedList(list[T]):
    """A list of search results that carries the token of the next page, as MLflow's does."""

    def __init__(self, items: list[T], token: str | None) -> None:
        super().__init__(items)
        self.token = token
