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
from epochal.rules.keys import check_key, not_a_text
from epochal.rules.ranks import check_rank, label_key

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

    def __init__(self, outbox: Outbox, run_id: str, rank: int | None = None) -> None:
        """Open nothing yet.

        Args:
            outbox: the way into the store of the run.
            run_id: the run.
            rank: which of the run's many writers this is; its points get a label.

        """
        if not isinstance(run_id, str) or not run_id:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidParameterError(f"Invalid run ID {run_id!r}: it must be a text")
        outbox.make_ready()
        self.outbox = outbox
        self.run_id = run_id
        self._journal = outbox.journal
        self.append_metric = outbox.journal.append_metric  # for values that need no conversion
        self._labelled: dict[str, str] | None = None  # what each key becomes, if there is a rank
        self.rank = None if rank is None else check_rank(rank)
        if self.rank is not None:
            outbox.ranks[run_id] = self.rank
            self._labelled = {}
            self.append_metric = self._append_labelled

    def log_metric(self, key: str, value: Any, step: Any = None, timestamp: Any = None) -> int:
        """One point; returns its position in the journal. The hot path of the whole client."""
        if type(value) is not float:
            value = as_number(key, value)
        if type(step) is not int:
            step = as_step(step)
        timestamp = now_ms() if timestamp is None else as_timestamp(timestamp)
        return self.append_metric(self.run_id, key, value, step, timestamp)

    def _append_labelled(
        self, run_id: str, key: str, value: float, step: int, timestamp: int
    ) -> int:
        return self._journal.append_metric(run_id, self._label(key), value, step, timestamp)

    def _label(self, key: str) -> str:
        """The key that the store sees: with the rank of this writer, if it has one."""
        if self._labelled is None or self.rank is None:
            return key
        found = self._labelled.get(key) if isinstance(key, str) else None  # pyright: ignore[reportUnnecessaryIsInstance]
        if found is None:
            if not isinstance(key, str):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise not_a_text("metric", key)
            check_key("metric", key)  # as it was given, not as it will be
            found = self._labelled[key] = label_key(key, self.rank)
        return found

    def log_metrics(
        self, metrics: Mapping[str, Any], step: Any = None, timestamp: Any = None
    ) -> Receipt:
        """One point of each key, at one step and one instant; all of them or none."""
        check_mapping("Metrics", metrics)
        if self._labelled is not None:
            metrics = {self._label(key): value for key, value in metrics.items()}
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
        check_mapping("Params", params)
        texts = {key: as_param(key, value) for key, value in params.items()}
        self.outbox.check_params(self.run_id, texts)
        return self._append(records.PARAM, texts)

    def set_tags(self, tags: Mapping[str, Any]) -> Receipt:
        """Tags, written anew or over the old values."""
        check_mapping("Tags", tags)
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


def check_mapping(what: str, given: Any) -> None:
    """Raises InvalidParameterError for anything but a dictionary."""
    if not hasattr(given, "items"):
        raise InvalidParameterError(
            f"{what} must be given as a dictionary, not {given!r} of type {type(given).__name__}"
        )
