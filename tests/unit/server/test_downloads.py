"""What tells a browser how to treat a file."""

import pytest

from epochal.entities import FileInfo
from epochal.server.downloads import content_type, file_headers, has_seen


@pytest.mark.parametrize("name", ['a"b.txt', "a\\b.txt", "ü.txt", "a?b.txt", "日本"])
def test_names_cannot_break_out_of_their_header(name):
    """The plain form is ASCII without quotes; the full form is escaped."""
    told = dict(file_headers(f"dir/{name}"))[b"content-disposition"].decode("ascii")
    plain = told.partition('filename="')[2].partition('"; ')[0]
    assert plain.isascii()
    assert not set(plain) & set('"\\\r\n')
    assert told.startswith("attachment;")
    assert "filename*=UTF-8''" in told


def test_simple_names_are_plain():
    """As MLflow has them."""
    assert dict(file_headers("dir/put.bin"))[b"content-disposition"] == (
        b"attachment; filename=put.bin"
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.JSON", "text/plain; charset=utf-8"),
        ("MLmodel", "text/plain; charset=utf-8"),
        ("a.png", "image/png"),
        ("noextension", "application/octet-stream"),
    ],
)
def test_text_is_plain(name, kind):
    """Whatever reads as text cannot be anything else."""
    assert content_type(name) == kind


def test_a_client_that_has_the_file_is_recognised_by_its_mark():
    """Weakly marked or among others; a file without a mark is always sent."""
    info = FileInfo("x", is_dir=False, file_size=1, etag="abc")
    assert has_seen('W/"x", "abc"', info)
    assert has_seen("*", info)
    assert not has_seen('"abcd"', info)
    assert not has_seen(None, info)
    assert not has_seen("*", FileInfo("x", is_dir=False))
