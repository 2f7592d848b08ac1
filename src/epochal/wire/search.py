"""Request and response of the completion of filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from epochal.wire.decoding import Message
from epochal.wire.encoding import encode
from epochal.wire.numbers import Int64  # noqa: TC001 - msgspec reads annotations

if TYPE_CHECKING:
    from epochal.entities import Completion


class Complete(Message):
    """A filter as far as it is written, and where in it one writes; at its end by default."""

    text: str = ""
    cursor: Int64 | None = None
    experiment_ids: list[str] = msgspec.field(default_factory=list[str])
    kind: str = "run"


def encode_completion(found: Completion) -> bytes:
    """The answer to `search/complete`: each candidate may replace `start` to `end`."""
    fault = found.error
    return encode(
        {
            "start": found.start,
            "end": found.end,
            "candidates": [
                {"text": one.text, "kind": one.kind, "detail": one.detail}
                for one in found.candidates
            ],
            "error": fault and {"message": fault.message, "start": fault.start, "end": fault.end},
        }
    )
