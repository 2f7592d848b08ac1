"""What a writer may be called and say about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from epochal.entities import LoggingState
from epochal.errors import InvalidParameterError
from epochal.rules.limits import MAX_INT64
from epochal.rules.names import check_run_id

if TYPE_CHECKING:
    from epochal.entities import WriterReport

MAX_WRITER_LENGTH = 128
MAX_HOST_LENGTH = 255
MAX_WRITERS = 1000  # in one request


def check_count(count: int) -> None:
    """Raises InvalidParameterError for more writers than one request may name."""
    if count > MAX_WRITERS:
        raise InvalidParameterError(
            f"Invalid number of writers: {count}; one request names at most {MAX_WRITERS}"
        )


def check_writer(writer: str) -> None:
    """Raises InvalidParameterError for a name that is empty, too long or holds a NUL."""
    if not 0 < len(writer) <= MAX_WRITER_LENGTH or "\x00" in writer:
        raise InvalidParameterError(
            f"Invalid value for parameter 'writer' supplied: it must have 1 to "
            f"{MAX_WRITER_LENGTH} characters, none of them NUL, not {len(writer)}"
        )


def check_report(report: WriterReport) -> None:
    """Raises InvalidParameterError for what no writer of ours would say."""
    check_run_id(report.run_id)
    check_writer(report.writer)
    if report.state not in get_args(LoggingState):
        raise InvalidParameterError(
            f"Invalid state {report.state[:80]!r}; it must be one of "
            f"{', '.join(get_args(LoggingState))}"
        )
    if len(report.host) > MAX_HOST_LENGTH or "\x00" in report.host:
        raise InvalidParameterError(
            f"Invalid host: it must have at most {MAX_HOST_LENGTH} characters and no NUL"
        )
    for name in ("waiting", "pid", "rank"):
        number = getattr(report, name)
        if number is not None and not 0 <= number <= MAX_INT64:
            raise InvalidParameterError(
                f"Invalid {name} {number}: it must be a whole number of at least 0"
            )
