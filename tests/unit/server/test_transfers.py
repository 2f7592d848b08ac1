"""What the parts of a transfer are called on the wire."""

import pytest

from epochal.entities import Offer, SignedPart
from epochal.errors import InvalidParameterError
from epochal.server.transfers import _below
from epochal.wire import artifacts as wire


@pytest.mark.parametrize(
    ("folder", "name", "path"),
    [
        ("a/b", "c.bin", "a/b/c.bin"),
        ("a/b/", "/home/me/c.bin", "a/b/c.bin"),
        ("", "C:\\data\\c.bin", "c.bin"),
    ],
)
def test_a_file_keeps_its_name_and_not_its_place(folder, name, path):
    """MLflow's client tells where the file lies on its own machine."""
    assert _below(folder, name) == path


def test_an_offer_says_where_it_is_completed():
    """For the very file that was asked for, whatever its name."""
    asked = wire.OfferFile(uri="mlflow-artifacts:/a", path="ü b&c", size=5)
    told = wire.encode_offer(Offer("direct", [SignedPart(1, "http://x", 0, 5)], "id|1"), asked)
    assert b"path=%C3%BC+b%26c&upload_id=id%7C1" in told
    assert wire.encode_offer(Offer("stored"), asked) == b'{"state":"stored"}'


@pytest.mark.parametrize("part", [{"etag": ""}, {"part_number": 0}, {"part_number": -1}])
def test_parts_without_a_number_or_mark_are_refused(part):
    """The store could not tell them apart."""
    given = {"part_number": 1, "etag": "x", **part}
    with pytest.raises(InvalidParameterError, match="part_number"):
        wire.etags_of([wire.UploadedPart(**given)])
