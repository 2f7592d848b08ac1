"""What is on its way into an object store."""

import threading

from epochal.blobs.plain import PlainBlobs
from epochal.blobs.spool import HELD_BYTES
from epochal.rules.paths import ArtifactPath


def test_no_thread_stays_after_a_large_file(moto):
    """Neither when it is finished nor when it is given up, however much was written."""
    store = PlainBlobs(moto.bucket())
    for size in (HELD_BYTES + 1, 4 * HELD_BYTES):
        for ends in ("commit", "abort"):
            writer = store.open_write(ArtifactPath.parse(ends))
            for _ in range(size >> 20):
                writer.write(bytes(1 << 20))
            writer.write(b"x")
            getattr(writer, ends)()
    names = [thread.name for thread in threading.enumerate()]
    assert not [name for name in names if name.startswith("epochal-upload")]
    assert [info.path for info in store.list_folder(ArtifactPath())] == ["commit"]
