"""Answers about the history of metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from epochal.wire import metrics as wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.services import Services


def _history(services: Services, asked: wire.GetHistory, *, exact: bool) -> bytes:
    page = services.metrics.get_history(
        asked.run_id, asked.metric_key, asked.max_results, asked.page_token or None
    )
    return wire.encode_history(asked.metric_key, page.series, page.token, exact=exact)


def _histories(services: Services, asked: wire.GetHistories, *, exact: bool) -> bytes:
    found = services.metrics.get_histories(asked.run_id, asked.metric_key, asked.max_results)
    return wire.encode_histories(asked.metric_key, found, exact=exact, keep_empty=True)


def _sampled(services: Services, asked: wire.SampleHistories, *, exact: bool) -> bytes:
    found = services.metrics.sample(
        asked.run_ids,
        asked.metric_key,
        start_step=asked.start_step,
        end_step=asked.end_step,
        max_results=asked.max_results,
    )
    return wire.encode_histories(asked.metric_key, found, exact=exact)


EXACT_ANSWERS: dict[str, Callable[..., bytes]] = {
    "metrics/get-history": _history,
    "metrics/get-history-bulk": _histories,
    "metrics/get-history-bulk-interval": _sampled,
}
