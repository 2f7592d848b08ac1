"""How the delivery of what is logged goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from epochal.client.stores import open_store
from epochal.client.tracking_uri import open_current

if TYPE_CHECKING:
    from epochal.client.status import LoggingStatus


def logging_status(tracking_uri: str | None = None) -> LoggingStatus:
    """How the delivery of what this process logs goes: its state, and counts for each run.

    Nothing is waited for. Of several stores it is the one that holds at present, unless
    `tracking_uri` names another.
    """
    outbox = open_current() if tracking_uri is None else open_store(tracking_uri)
    return outbox.status()
