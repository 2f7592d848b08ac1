"""Digests of what passes by."""

from __future__ import annotations

from hashlib import sha256

import pytest

from epochal.client.transfers.checksums import RING, Checksum


@pytest.mark.parametrize("is_long", [True, False])
def test_digest_is_that_of_all_pieces(is_long):
    """Whether hashed at once or on a thread, and pieces may share a ring of buffers."""
    checksum = Checksum(is_long=is_long)
    ring = [bytearray(1000) for _ in range(RING)]
    whole = b""
    for number in range(100):
        buffer = ring[number % RING]
        buffer[:] = bytes([number]) * 1000
        whole += bytes(buffer)
        checksum.update(memoryview(buffer))
    assert checksum.hexdigest() == sha256(whole).hexdigest()
    checksum.update(b"more")
    assert checksum.hexdigest() == sha256(whole + b"more").hexdigest()
    checksum.close()
    assert Checksum(is_long=is_long).hexdigest() == sha256().hexdigest()
