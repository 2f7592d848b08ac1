"""POST datasets/missing."""

from fixtures.datasets import spelled


def test_it_tells_what_must_be_sent(keeper):
    """Each chunk once, in the order asked for."""
    keeper.upload(b"missing a")
    asked = spelled(b"missing b", b"missing a", b"missing c", b"missing b")
    answer = keeper.post("missing", chunks=asked)
    assert answer.json == {"missing": spelled(b"missing b", b"missing c")}


def test_bad_lists_are_refused(keeper):
    """No list, and one that is no base64."""
    assert keeper.post("missing").error == (400, "INVALID_PARAMETER_VALUE")
    assert "base64" in keeper.post("missing", chunks="%").message
