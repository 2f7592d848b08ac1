"""Logging into one run: values are checked, written to the journal, and delivered later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from epochal.client import records
from epochal.client.values import (
    as_number,
    as_numbers,
    as_param,
    as_step,
    as_tag,
    as_timestamp,
    now_ms,
)
from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from epochal.client.outbox import Outbox
    from epochal.entities import Status


class Receipt:
    """What a log call hands back on request: the means to wait until it is stored."""

    def __init__(
        self, outbox: Outbox, run_id: str, keys: frozenset[str], span: tuple[int, int]
    ) -> None:
        self._outbox = outbox
        self._run_id = run_id
        self._keys = keys
        self._span = span

    def until_now(self, keys: frozenset[str]) -> Receipt:
        """A receipt for these keys from where this one begins to where the journal ends."""
        span = (self._span[0], self._outbox.journal.position)
        return Receipt(self._outbox, self._run_id, keys, span)

    def wait(self) -> None:
        """Return once everything is stored.

        Raises:
            EpochalError: the store refused it, for the reason that the error gives.
            ConnectionLostError: the store could not be reached; it is tried again later.

        """
        self._outbox.wait(self._run_id, self._keys, *self._span)


class Logbook:
    """The ways to log into one run. None of them waits for the store; misuse raises."""

    def __init__(self, outbox: Outbox, run_id: str) -> None:
        if not isinstance(run_id, str) or not run_id:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidParameterError(f"Invalid run ID {run_id!r}: it must be a text")
        outbox.make_ready()
        self.outbox = outbox
        self.run_id = run_id
        self._journal = outbox.journal
        self.append_metric = outbox.journal.append_metric  # for values that need no conversion

    def log_metric(self, key: str, value: Any, step: Any = None, timestamp: Any = None) -> int:
        """One point; returns its position in the journal. The hot path of the whole client."""
        if type(value) is not float:
            value = as_number(key, value)
        if type(step) is not int:
            step = as_step(step)
        timestamp = now_ms() if timestamp is None else as_timestamp(timestamp)
        return self._journal.append_metric(self.run_id, key, value, step, timestamp)

    def log_metrics(
        self, metrics: Mapping[str, Any], step: Any = None, timestamp: Any = None
    ) -> Receipt:
        """One point of each key, at one step and one instant; all of them or none."""
        _check_mapping("Metrics", metrics)
        since = self._journal.position
        position = since
        if metrics:
            position = self._journal.append_metrics(
                self.run_id, as_numbers(metrics), as_step(step), as_timestamp(timestamp)
            )
        return Receipt(self.outbox, self.run_id, frozenset(metrics), (since, position))

    def log_params(self, params: Mapping[str, Any]) -> Receipt:
        """Params, each written once; all of them or none.

        Raises:
            ParamChangedError: this process knows another value for one of them.

        """
        _check_mapping("Params", params)
        texts = {key: as_param(key, value) for key, value in params.items()}
        self.outbox.check_params(self.run_id, texts)
        return self._append(records.PARAM, texts)

    def set_tags(self, tags: Mapping[str, Any]) -> Receipt:
        """Tags, written anew or over the old values."""
        _check_mapping("Tags", tags)
        return self._append(records.TAG, {key: as_tag(key, value) for key, value in tags.items()})

    def set_status(self, status: Status, end_time: int | None) -> Receipt:
        """Where the run stands. An `end_time` of None leaves it as it is."""
        text = "" if end_time is None else str(end_time)
        return self._append(records.STATUS, {status: text})

    def _append(self, kind: int, texts: Mapping[str, str]) -> Receipt:
        since = position = self._journal.position
        for key, value in texts.items():
            position = self._journal.append_text(kind, self.run_id, key, value)
        return Receipt(self.outbox, self.run_id, frozenset(texts), (since, position))


def _check_mapping(what: str, given: Any) -> None:
    if not hasattr(given, "items"):
        raise InvalidParameterError(
            f"{what} must be given as a dictionary, not {given!r} of type {type(given).__name__}"
        )
