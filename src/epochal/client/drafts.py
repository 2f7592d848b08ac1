"""What a client asks a transport for, put together before it is known which transport it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Search:
    """What one search asks for, whichever kind of thing it looks for."""

    filter_text: str | None = None
    order_by: Sequence[str] = ()
    view: int = 1  # entities.ViewType
    max_results: int = 1000
    page_token: str | None = None


@dataclass(frozen=True, slots=True)
class RunDraft:
    """A run to be created."""

    experiment_id: str
    user_id: str
    start_time: int  # milliseconds since the epoch
    run_name: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict[str, str])
    run_id: str | None = None  # chosen by the client; MLflow's servers choose their own


def as_search(
    filter_string: Any, order_by: Any, view: Any, max_results: Any, page_token: Any
) -> Search:
    """A search as users ask for it. Raises InvalidParameterError for what is no search."""
    if filter_string is not None and not isinstance(filter_string, str):
        raise _wrong("filter_string", filter_string, 'a text such as "metrics.loss < 0.1"')
    if page_token is not None and not isinstance(page_token, str):
        raise _wrong("page_token", page_token, "the token of the page before")
    if isinstance(order_by, str) or not hasattr(order_by or (), "__iter__"):
        raise _wrong("order_by", order_by, "a list of texts such as ['metrics.loss DESC']")
    orders: list[Any] = list(order_by or ())
    for text in orders:
        if not isinstance(text, str):
            raise _wrong("order_by", text, "a list of texts such as ['metrics.loss DESC']")
    return Search(filter_string, orders, view, as_count(max_results), page_token)


def as_count(max_results: Any) -> int:
    """How many results are asked for. Raises InvalidParameterError unless it is a whole number."""
    is_whole = isinstance(max_results, int) or (
        isinstance(max_results, float) and max_results.is_integer()
    )
    if not is_whole:
        raise _wrong("max_results", max_results, "a whole number")
    return int(max_results)


def _wrong(what: str, value: Any, right: str) -> InvalidParameterError:
    return InvalidParameterError(
        f"Invalid {what} {value!r} of type {type(value).__name__}: it must be {right}"
    )
