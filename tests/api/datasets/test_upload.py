"""POST datasets/upload."""

from fixtures.datasets import OURS, framed


def test_new_bytes_are_counted(keeper):
    """Chunks that are there already cost nothing."""
    assert keeper.upload(b"upload a", b"upload b", b"upload a").json == {"new_bytes": 16}
    assert keeper.upload(b"upload a").json == {"new_bytes": 0}
    assert keeper.upload(b"upload a", b"upload c").json == {"new_bytes": 8}
    assert keeper.upload().json == {"new_bytes": 0}


def test_damaged_frames_are_refused(keeper):
    """Nothing of them is kept."""
    whole = framed(b"some chunk")
    for body in (whole[:-1], whole + b"\0", b"\0\0\0\0", b"\xff" * 20):
        answer = keeper.api.ask("POST", f"{OURS}upload", body)
        assert answer.error == (400, "INVALID_PARAMETER_VALUE")
        assert "damaged at byte" in answer.message


def test_too_much_at_once_is_refused(keeper):
    """The limit is told before it is sent."""
    answer = keeper.api.ask("POST", f"{OURS}upload", b"", {"Content-Length": str(65 << 20)})
    assert answer.error == (413, "INVALID_PARAMETER_VALUE")
