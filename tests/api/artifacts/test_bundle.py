"""POST our own artifacts/bundle."""

import pytest

from epochal.errors import InvalidPathError
from epochal.wire.bundles import MAX_FILES, decode_outcome, encode_bundle

PATH = "artifacts/bundle"
OURS = "/api/epochal/v1/"
PACKED = {"Content-Type": "application/x-msgpack"}


def send(api, folder, files):
    return api.ask("POST", OURS + PATH, encode_bundle(folder, files), PACKED)


def test_each_file_is_kept_below_the_folder(api):
    """As many PUTs would keep them."""
    files = [(f"d{n % 3}/{n}", b"%d" % n) for n in range(100)]
    answer = send(api, "1/run/artifacts", [*files, ("empty", b"")])
    assert answer.status == 200
    assert decode_outcome(answer.body, 101) == [None] * 101
    for path, content in [*files, ("empty", b"")]:
        assert (
            api.ask("GET", f"/api/2.0/mlflow-artifacts/artifacts/1/run/artifacts/{path}").body
            == content
        )


def test_one_bad_file_costs_no_other(api):
    """Each is refused by itself, for its own reason, in the order given."""
    answer = send(api, "f", [("a", b"1"), ("../x", b"2"), ("b", b"3")])
    first, second, third = decode_outcome(answer.body, 3)
    assert (first, third) == (None, None)
    assert isinstance(second, InvalidPathError)
    assert api.ask("GET", "/api/2.0/mlflow-artifacts/artifacts/f/b").body == b"3"


@pytest.mark.parametrize("folder", ["../up", "/root", "a/../../b", "a\\b"])
def test_folders_stay_below_the_root(api, folder):
    """No spelling of the folder leads elsewhere."""
    (error,) = decode_outcome(send(api, folder, [("a", b"x")]).body, 1)
    assert isinstance(error, InvalidPathError)


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"\xff\xff", b"\x81\xa6folder\xa1a", b"\x82\xa6folder\x01\xa5files\x90"],
)
def test_rubbish_is_refused(api, body):
    """What is no bundle is a 400 that says what one is."""
    answer = api.ask("POST", OURS + PATH, body, PACKED)
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")
    assert "MessagePack" in answer.message


def test_limits_hold(api):
    """Neither too many files nor too many bytes."""
    answer = send(api, "f", [(f"{n}", b"") for n in range(MAX_FILES + 1)])
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")
    answer = send(api, "f", [("a", bytes(10 << 20))])
    assert answer.error == (413, "INVALID_PARAMETER_VALUE")
