"""Sending files to where a run keeps its artifacts, while the caller waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from epochal.client.notices import warn
from epochal.client.transfers.progress import Progress
from epochal.client.transfers.threads import for_each

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.client.transfers.local_trees import LocalFile
    from epochal.client.transport import Files


def send(files: Files, gathered: Sequence[LocalFile]) -> None:
    """Keep every file; one that vanished or may not be read by now is named in a warning.

    Raises:
        EpochalError: the store refuses a file, or is out of reach; others may be kept by then.

    """
    with Progress("Uploading artifacts", sum(file.size for file in gathered)) as progress:

        def send_one(file: LocalFile) -> None:
            try:
                content = open(file.place, "rb")  # noqa: SIM115 - its errors are its own
            except OSError as fault:
                warn("epochal: %r is left out: %s", file.place, fault.strerror)
                return
            with content:
                files.write_artifact(file.path, content, progress.add)

        for_each(gathered, send_one)
