"""Answers about the history of metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from epochal.ports.metrics import Window
from epochal.wire import metrics as wire
from epochal.wire.choices import read_axis
from epochal.wire.encoding import EMPTY

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


def _columns(services: Services, asked: wire.ReadColumns, *, packed: bool) -> bytes:
    page = services.metrics.read(
        asked.run_id,
        asked.key,
        Window(read_axis(asked.x), asked.start, asked.end),
        superseded=asked.superseded,
        max_results=asked.max_results,
        page_token=asked.page_token,
    )
    return wire.encode_columns(page.series, page.token, packed=packed)


def _curves(services: Services, asked: wire.DrawCurves, *, packed: bool) -> bytes:
    window = Window(read_axis(asked.x), asked.start, asked.end)
    found = services.metrics.draw(asked.run_ids, asked.keys, window, asked.points)
    return wire.encode_curves(found, packed=packed)


def _rewind(services: Services, asked: wire.Rewind) -> bytes:
    rewound = services.metrics.rewind(asked.run_id, asked.step or 0)
    return wire.encode_rewound(rewound.number, rewound.superseded)


def _delete(services: Services, asked: wire.DeleteMetric) -> bytes:
    services.metrics.delete(asked.run_id, asked.key)
    return EMPTY


ANSWERS: dict[str, Callable[..., bytes]] = {
    "metrics/rewind": _rewind,
    "metrics/delete": _delete,
}
PACKED_ANSWERS: dict[str, Callable[..., bytes]] = {
    "metrics/history": _columns,
    "metrics/sample": _curves,
}
EXACT_ANSWERS: dict[str, Callable[..., bytes]] = {
    "metrics/get-history": _history,
    "metrics/get-history-bulk": _histories,
    "metrics/get-history-bulk-interval": _sampled,
}
