"""What the client has to tell the person at the keyboard; it never raises instead.

The module `logging` is imported only when there is something to say.
"""

from __future__ import annotations


def warn(message: str, *values: object) -> None:
    """Say that something is not as it should be, through the logger `epochal`."""
    import logging

    logging.getLogger("epochal").warning(message, *values)


def trace(message: str) -> None:
    """Keep the traceback of what is being handled, for those who ask for it."""
    import logging

    logging.getLogger("epochal").debug(message, exc_info=True)  # noqa: LOG014 - called by handlers
