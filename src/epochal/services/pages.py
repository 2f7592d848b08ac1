"""How much one may ask for at once."""

from __future__ import annotations

from epochal.errors import InvalidParameterError


def check_page_size(max_results: int, limit: int) -> None:
    """Raises InvalidParameterError unless 1 <= max_results <= limit."""
    if not 1 <= max_results <= limit:
        raise InvalidParameterError(
            f"Invalid value {max_results} for parameter 'max_results' supplied: "
            f"it must be between 1 and {limit}"
        )
