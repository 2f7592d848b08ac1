"""Enumerations of the wire; each value has a name and a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, get_args

from epochal.entities import Axis, RunStatus, ViewType
from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from epochal.entities import Status

_VIEWS = {
    "ACTIVE_ONLY": ViewType.ACTIVE_ONLY,
    "DELETED_ONLY": ViewType.DELETED_ONLY,
    "ALL": ViewType.ALL,
}
N = TypeVar("N", bound=str)


def read_status(given: str | int | None) -> Status | None:
    """The status of a run by name or number; None if none was given."""
    return None if given is None else _read(given, RunStatus.NUMBERS, "status")


def read_view(given: str | int | None, field: str) -> int:
    """The view by name or number, ACTIVE_ONLY if none was given."""
    return ViewType.ACTIVE_ONLY if given is None else _VIEWS[_read(given, _VIEWS, field)]


def read_axis(given: str) -> Axis:
    """What a chart runs along, by name."""
    for name in get_args(Axis):
        if given == name:
            return name
    raise InvalidParameterError(
        f"Invalid value {given[:80]!r} for parameter 'x' supplied: it must be one of "
        f"{', '.join(get_args(Axis))}"
    )


def _read(given: str | int, numbers: Mapping[N, int], field: str) -> N:
    for name, number in numbers.items():
        if given in {name, number, str(number)}:
            return name
    allowed = ", ".join(f"{name} ({number})" for name, number in numbers.items())
    raise InvalidParameterError(
        f"Invalid value {given!r} for parameter '{field}' supplied: it must be one of {allowed}"
    )
