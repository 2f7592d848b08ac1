"""Which object store a URI means, and how to log in there."""

import pytest

from epochal.blobs.credentials import (
    Address,
    S3Login,
    find_azure_login,
    find_s3_login,
    is_object_store,
    parse_address,
)
from epochal.errors import InvalidParameterError

ACCOUNT = "account.blob.core.windows.net"


@pytest.mark.parametrize(
    ("uri", "address"),
    [
        ("s3://bucket", Address("s3", "bucket", "")),
        ("s3://bucket/a/b/", Address("s3", "bucket", "a/b")),
        ("s3://bucket/a%20b", Address("s3", "bucket", "a b")),
        ("gs://bucket/é", Address("gs", "bucket", "é")),
        (f"wasbs://box@{ACCOUNT}/a", Address("wasbs", "box", "a", "account")),
        ("abfss://fs@acc.dfs.core.windows.net/a", Address("abfss", "fs", "a", "acc")),
    ],
)
def test_addresses_are_understood(uri, address):
    """Container and path, decoded."""
    assert is_object_store(uri)
    assert parse_address(uri) == address


@pytest.mark.parametrize(
    "uri",
    [
        "s3://",
        "s3:///x",
        "s3://b/../c",
        "s3://b?x=1",
        "s3://b#x",
        f"wasbs://{ACCOUNT}/a",
        "s3://[",
    ],
)
def test_others_are_refused(uri):
    """With an example of what is right."""
    with pytest.raises(InvalidParameterError, match="Invalid artifact location"):
        parse_address(uri)


def test_an_address_is_spelled_as_it_was_read():
    """So that it can be compared."""
    for uri in ("s3://bucket/a b", "gs://bucket", f"wasbs://box@{ACCOUNT}/a"):
        assert parse_address(uri).uri == uri


def test_s3_is_found_as_by_mlflow(tmp_path):
    """Its variable for the endpoint wins; an endpoint of one's own has paths, not host names."""
    env = {
        "HOME": str(tmp_path),
        "MLFLOW_S3_ENDPOINT_URL": "http://minio:9000/",
        "AWS_ENDPOINT_URL": "http://other",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "MLFLOW_S3_IGNORE_TLS": "true",
    }
    assert find_s3_login(env) == S3Login(
        "eu-central-1",
        "http://minio:9000",
        "key",
        "secret",
        accepts_any_certificate=True,
    )
    plain = find_s3_login({"HOME": str(tmp_path)})
    assert plain == S3Login("us-east-1", is_virtual_hosted=True)


def test_a_profile_has_keys_too(tmp_path):
    """The one that is named, else the default; a broken file is as none."""
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws/credentials").write_text(
        "[default]\naws_access_key_id=a\naws_secret_access_key=b\n[team]\n"
        "aws_access_key_id=c\naws_secret_access_key=d%\naws_session_token=e\n",
        encoding="utf-8",
    )
    (tmp_path / ".aws/config").write_text("[profile team]\nregion=eu-west-1\n", encoding="utf-8")
    env = {"HOME": str(tmp_path)}
    assert find_s3_login(env).access_key == "a"
    team = find_s3_login({**env, "AWS_PROFILE": "team"})
    assert (team.access_key, team.secret_key, team.session_token) == ("c", "d%", "e")
    assert team.region == "eu-west-1"
    (tmp_path / ".aws/credentials").write_text("no section", encoding="utf-8")
    assert find_s3_login(env).access_key is None


def test_azure_is_found_as_by_mlflow():
    """A connection string or a key."""
    string = "AccountName=a;AccountKey=k==;BlobEndpoint=http://127.0.0.1:10000/a"
    assert find_azure_login({"AZURE_STORAGE_CONNECTION_STRING": string}) == {
        "account_key": "k==",
        "endpoint": "http://127.0.0.1:10000/a",
    }
    assert find_azure_login({"AZURE_STORAGE_ACCESS_KEY": "k"}) == {"account_key": "k"}
