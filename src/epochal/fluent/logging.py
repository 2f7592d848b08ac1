"""Logging into the active run. None of these waits for the store; misuse raises at once."""

from __future__ import annotations

from time import time_ns
from typing import TYPE_CHECKING, Any

from epochal.client.mlflow_client import answer
from epochal.client.stores import flush_all
from epochal.fluent.active import active_book

if TYPE_CHECKING:
    from collections.abc import Mapping

    from epochal.client.logbook import Receipt


def log_metric(
    key: str,
    value: float,
    step: int | None = None,
    synchronous: bool | None = None,
    timestamp: int | None = None,
    run_id: str | None = None,
    model_id: str | None = None,
    dataset: Any = None,
) -> Receipt | None:
    """Log one point of a metric, in a microsecond or two.

    Args:
        key: up to 250 letters, digits, `_-. :/`.
        value: a real number; NaN and infinities are kept as they are.
        step: where in training; 0 if None.
        synchronous: True waits until it is stored; False returns what one can wait on.
        timestamp: milliseconds since 1970; now if None.
        run_id: the run; the active one, or a new one, if None.
        model_id: accepted for compatibility.
        dataset: accepted for compatibility.

    Raises:
        InvalidParameterError: a bad key, no number, or a step that is no whole number.

    """
    del model_id, dataset
    book = active_book(run_id)
    if synchronous is not None:
        return answer(book.log_metrics({key: value}, step, timestamp), synchronous)
    if type(value) is float and type(step) is int and timestamp is None:
        # The usual call, with nothing to convert: straight into the journal.
        book.append_metric(book.run_id, key, value, step, time_ns() // 1_000_000)
    else:
        book.log_metric(key, value, step, timestamp)
    return None


def log_metrics(
    metrics: Mapping[str, float],
    step: int | None = None,
    synchronous: bool | None = None,
    run_id: str | None = None,
    timestamp: int | None = None,
    model_id: str | None = None,
    dataset: Any = None,
) -> Receipt | None:
    """Log one point of each of several metrics, all at the same instant. See `log_metric`."""
    del model_id, dataset
    return answer(active_book(run_id).log_metrics(metrics, step, timestamp), synchronous)


def log_param(key: str, value: Any, synchronous: bool | None = None) -> Any:
    """Log one param, as text, and return its value.

    Raises:
        ParamChangedError: the run has another value for it.

    """
    receipt = answer(active_book().log_params({key: value}), synchronous)
    return value if receipt is None else receipt


def log_params(
    params: Mapping[str, Any], synchronous: bool | None = None, run_id: str | None = None
) -> Receipt | None:
    """Log several params; all of them or none. See `log_param`."""
    return answer(active_book(run_id).log_params(params), synchronous)


def set_tag(key: str, value: Any, synchronous: bool | None = None) -> Receipt | None:
    """Set or overwrite one tag of the active run."""
    return answer(active_book().set_tags({key: value}), synchronous)


def set_tags(tags: Mapping[str, Any], synchronous: bool | None = None) -> Receipt | None:
    """Set or overwrite several tags of the active run."""
    return answer(active_book().set_tags(tags), synchronous)


def delete_tag(key: str) -> None:
    """Remove a tag of the active run. Raises NotFoundError."""
    book = active_book()
    book.outbox.reader().delete_tag(book.run_id, key)


def flush_async_logging() -> None:
    """Return once everything logged so far is stored, or the store cannot be reached."""
    flush_all()


def flush_artifact_async_logging() -> None:
    """Wait until every file logged so far is stored, or the store turns out to be unreachable."""
    flush_all()
