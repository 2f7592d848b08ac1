"""A lock on a file that the operating system releases when its holder dies, however it dies."""

from __future__ import annotations

import os
import sys

if sys.platform == "win32":
    import msvcrt

    def try_lock(descriptor: int) -> bool:
        """Take the lock, or say that another process holds it. Never waits."""
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def try_lock(descriptor: int) -> bool:
        """Take the lock, or say that another process holds it. Never waits.

        POSIX record locks: forked children do not inherit them, and NFS knows them. Within
        one process they do not exclude each other.
        """
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def open_locked(path: str, *, create: bool) -> int | None:
    """A descriptor that holds the lock of a file, None if another process holds it.

    Raises:
        OSError: the file cannot be opened.

    """
    flags = os.O_RDWR | (os.O_CREAT if create else 0)
    descriptor = os.open(path, flags, 0o600)
    if try_lock(descriptor):
        return descriptor
    os.close(descriptor)
    return None
