"""Answers about who logs into runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from epochal.wire import writers as wire
from epochal.wire.encoding import EMPTY

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.services import Services
    from epochal.wire.runs import RunId


def _list(services: Services, asked: RunId) -> bytes:
    return wire.encode_writers(services.writers.of_run(asked.run_id))


def _note(services: Services, asked: wire.NoteWriters) -> bytes:
    services.writers.note([report.report() for report in asked.writers])
    return EMPTY


def _delivered(services: Services, asked: wire.FindDelivered) -> bytes:
    return wire.encode_delivered(services.writers.delivered(asked.writers))


ANSWERS: dict[str, Callable[[Services, Any], bytes]] = {
    "runs/writers": _list,
    "runs/report": _note,
    "log/delivered": _delivered,
}
