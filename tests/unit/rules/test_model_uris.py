"""URIs of models, and where a server takes versions from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epochal.errors import InvalidParameterError
from epochal.rules.model_uris import (
    ModelUri,
    check_served_source,
    check_source,
    is_model_uri,
    parse_model_uri,
)

ROOT = "mlflow-artifacts:/1/r1/artifacts"


@pytest.mark.parametrize(
    ("uri", "means"),
    [
        ("models:/taxi/3", ModelUri("taxi", version=3)),
        ("models:/taxi/3/sub/file", ModelUri("taxi", version=3, path="sub/file")),
        ("models:/taxi/production", ModelUri("taxi", stage="Production")),
        ("models:/taxi/None", ModelUri("taxi", stage="None")),
        ("models:/taxi/latest", ModelUri("taxi", stage="latest")),
        ("models:/taxi@champion", ModelUri("taxi", alias="champion")),
        ("models:/a@b@champion/f", ModelUri("a@b", alias="champion", path="f")),
        ("models:/m-0123", ModelUri(model_id="m-0123")),
    ],
)
def test_uris_are_read(uri, means):
    """In all spellings that MLflow has."""
    assert is_model_uri(uri)
    assert parse_model_uri(uri) == means


@pytest.mark.parametrize(
    "uri", ["models:/", "models://", "models:/@a", "models:/a@", "runs:/a/b", "models:/a/live", ""]
)
def test_others_are_refused(uri):
    """With what would be right."""
    with pytest.raises(InvalidParameterError):
        parse_model_uri(uri)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    """Nothing else happens."""
    try:
        found = parse_model_uri(f"models:/{text}")
    except InvalidParameterError:
        return
    assert bool(found.name) != bool(found.model_id)


@pytest.mark.parametrize(
    "source",
    [
        f"{ROOT}/model",
        ROOT,
        "mlflow-artifacts://host:5000/1/r1/artifacts/model",
        "runs:/r1/model",
        "s3://bucket/model",
        "dbfs:/model",
        "abfss://c@a.dfs.core.windows.net/model",
    ],
)
def test_a_server_takes_what_is_the_runs_own_or_elsewhere(source):
    """Its artifacts, and object stores."""
    check_source(source)
    check_served_source(source, "r1", ROOT)


def test_a_server_takes_folders_of_the_run():
    """Where runs keep their artifacts in folders."""
    check_served_source("/data/1/r1/artifacts/model", "r1", "file:///data/1/r1/artifacts")
    check_served_source("file:///data/1/r1/artifacts/model", "r1", "/data/1/r1/artifacts")
    for source in ("/data/1/r1/artifacts2/model", "/data/1/r1", "/data/1/r1/artifacts/../x"):
        with pytest.raises(InvalidParameterError):
            check_served_source(source, "r1", "/data/1/r1/artifacts")


@pytest.mark.parametrize(
    "source",
    [
        "/etc",
        "file:///etc",
        "file://host/etc",
        "relative",
        "C:/windows",
        "mlflow-artifacts:/1/r2/artifacts/model",
        "mlflow-artifacts:/1/r1/artifacts2/model",
        f"{ROOT}/../../r2",
        f"{ROOT}/%2e%2e/x",
        "runs:/r2/model",
        "runs:/",
        "http://host/model",
        "HTTPS://host/model",
        "ftp://host/model",
        "s3://bucket/a/../b",
        "http://[",
    ],
)
@pytest.mark.parametrize("root", [ROOT, None])
def test_a_server_takes_nothing_else(source, root):
    """Folders of its own, other runs' files, hosts, and what climbs."""
    with pytest.raises(InvalidParameterError):
        check_served_source(source, "r1", root)


@pytest.mark.parametrize("source", ["", "\x00", "x" * 2049])
def test_a_source_is_a_text_of_some_length(source):
    """Anywhere."""
    with pytest.raises(InvalidParameterError):
        check_source(source)
