"""Artifact locations that clients choose."""

import pytest

from epochal.errors import InvalidParameterError, InvalidPathError
from epochal.rules.locations import check_location, proxied_path


@pytest.mark.parametrize(
    "location",
    ["s3://bucket/x", "file:///data/x", "/data/x", "mlflow-artifacts:/x", "C:/x", "x/y"],
)
def test_accepts(location):
    """Object stores, files, the proxy and plain paths are kept as text."""
    check_location(location)


@pytest.mark.parametrize(
    "location",
    [
        "runs:/a/b",
        "ftp://h/x",
        "s3://b/x#frag",
        "file:///x?q=1",
        "s3://b/" + "x" * 2048,
        "s3://b/../c",
    ],
)
def test_refuses(location):
    """Run URIs, other schemes, fragments, queries on files, over-long ones and climbing."""
    with pytest.raises(InvalidParameterError):
        check_location(location)


def test_proxied_path():
    """Only `mlflow-artifacts:` names a place below the server's own root."""
    assert str(proxied_path("mlflow-artifacts:/1/run/artifacts")) == "1/run/artifacts"
    assert proxied_path("s3://bucket/x") is None
    with pytest.raises(InvalidPathError):
        proxied_path("mlflow-artifacts:/../x")
    with pytest.raises(InvalidPathError):
        proxied_path("mlflow-artifacts:/a#b")
