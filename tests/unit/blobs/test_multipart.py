"""Signatures of URLs, and ids that cannot be made up."""

import calendar
from urllib.parse import parse_qs, urlsplit

import pytest

from epochal.blobs.credentials import Address, S3Login
from epochal.blobs.multipart import Multipart, required
from epochal.errors import InvalidParameterError, NotSupportedError
from epochal.rules.paths import ArtifactPath

# The example that Amazon publishes with its description of signatures in the query.
EXAMPLE = S3Login(
    "us-east-1",
    "https://s3.amazonaws.com",
    "AKIAIOSFODNN7EXAMPLE",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    is_virtual_hosted=True,
)
SIGNATURE = "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"


def test_the_published_example_is_signed_as_published():
    """Byte for byte."""
    upload = Multipart(Address("s3", "examplebucket", ""), EXAMPLE)
    moment = calendar.timegm((2013, 5, 24, 0, 0, 0))
    url = upload.sign("GET", "test.txt", {}, 86_400, moment)
    assert url.startswith("https://examplebucket.s3.amazonaws.com/test.txt?")
    assert parse_qs(urlsplit(url).query)["X-Amz-Signature"] == [SIGNATURE]


def test_names_are_escaped_once_in_a_path_below_the_endpoint():
    """A slash stays, everything else that is special does not."""
    login = S3Login("r", "http://host:9000/base", "key", "secret", "token")
    url = Multipart(Address("s3", "bucket", "a b"), login).sign("PUT", "é%/x+y", {}, 60)
    assert urlsplit(url).path == "/base/bucket/a%20b/%C3%A9%25/x%2By"
    assert parse_qs(urlsplit(url).query)["X-Amz-Security-Token"] == ["token"]


def test_an_id_is_good_for_its_path_and_store_only():
    """Others are refused before the store is asked."""
    login = S3Login("r", "http://127.0.0.1:9", "key", "secret")
    upload = Multipart(Address("s3", "bucket", "p"), login)
    path = ArtifactPath.parse("a/b")
    sealed = upload._close_id(path, "key", "id|with|bars")
    assert upload.open_id(path, sealed) == ("key", "id|with|bars")
    other = Multipart(Address("s3", "bucket", "q"), login)
    for store, where, text in (
        (upload, ArtifactPath.parse("a/c"), sealed),
        (other, path, sealed),
        (upload, path, sealed[:-1] + "x"),
        (upload, path, "é"),
        (upload, path, ""),
    ):
        with pytest.raises(InvalidParameterError, match="There is no upload"):
            store.open_id(where, text)


def test_a_store_without_keys_takes_no_parts():
    """In the words that MLflow's client looks for."""
    with pytest.raises(NotSupportedError, match=r"^Multipart upload is not supported for the"):
        required(None)
