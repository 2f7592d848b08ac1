"""What a script is told that begins while its server is away."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from epochal.errors import ConnectionLostError

if TYPE_CHECKING:
    from collections.abc import Generator


@contextmanager
def needing_server(what: str) -> Generator[None]:
    """Say which server is away and how to do without, instead of where in our code it showed.

    Args:
        what: what cannot be done, such as "No run can begin".

    Raises:
        ConnectionLostError: the server is away.

    """
    try:
        yield
    except ConnectionLostError as fault:
        raise ConnectionLostError(
            f"{what}: {fault.message}. Start the server, or set EPOCHAL_OFFLINE=1 to log "
            "without it, into a folder that `epochal sync` delivers later"
        ) from None
