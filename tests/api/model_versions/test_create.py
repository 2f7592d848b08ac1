"""POST model-versions/create."""

import pytest

PATH = "model-versions/create"


def test_a_version_is_answered_whole(registry, model):
    """Numbered from 1, ready at once."""
    made = registry.new_version(
        model, run_link="http://x", description="d", tags=[{"key": "k", "value": "v"}]
    )
    times = made.pop("creation_timestamp"), made.pop("last_updated_timestamp")
    assert times[0] == times[1]
    assert made == {
        "name": model,
        "version": "1",
        "current_stage": "None",
        "description": "d",
        "source": "s3://bucket/model",
        "run_id": "",
        "status": "READY",
        "run_link": "http://x",
        "tags": [{"key": "k", "value": "v"}],
    }
    assert registry.new_version(model)["description"] == ""


def test_a_copy_has_run_and_storage_of_what_it_copies(api, registry, model, run):
    """And its source says which version that was, however it was named."""
    registry.new_version(model, source=f"runs:/{run}/m", run_id=run)
    other = registry.new_model()
    for source in (f"models:/{model}/1", f"models:/{model}/latest"):
        made = registry.new_version(other, source=source)
        assert (made["source"], made["run_id"]) == (f"models:/{model}/1", run)
        uri = api.get("model-versions/get-download-uri", name=other, version=made["version"])
        assert uri.json == {"artifact_uri": f"runs:/{run}/m"}


def test_sources_of_the_run_are_taken(api, registry, model, run):
    """Among its artifacts, as a URI of the run or of the server's store."""
    root = api.run(run)["info"]["artifact_uri"]
    for source in (f"{root}/model", f"runs:/{run}/model", "s3://b/c", "gs://b/c"):
        assert registry.new_version(model, source=source, run_id=run)["source"] == source


@pytest.mark.parametrize(
    "source",
    [
        "/etc",
        "file:///etc",
        "relative/path",
        "runs:/other/model",
        "mlflow-artifacts:/0/other/artifacts/model",
        "mlflow-artifacts:/../x",
        "s3://b/../c",
        "s3://b/%2e%2e/c",
        "http://host/x",
        "ftp://host/x",
        "models:/",
        "models:/m-0123",
        "models:/{model}/Bogus",
        "models:/{model}@none",
        "x" * 2049,
        "nul\x00",
        "http://[",
        "",
    ],
)
def test_other_sources_are_refused(api, model, run, source):
    """Whoever loads the version would open it: what lies elsewhere is not registered."""
    asked = {"name": model, "source": source.replace("{model}", model), "run_id": run}
    refused = api.post(PATH, asked)
    assert refused.error == (400, "INVALID_PARAMETER_VALUE")
    assert "latest_versions" not in api.get("registered-models/get", name=model).json


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "nobody"},
        {"source": "models:/nobody/1"},
        {"source": "models:/{model}/9"},
        {"source": "models:/{model}/Production"},
        {"source": "models:/m-1", "model_id": "m-1"},
        {"model_id": "m-1"},
    ],
)
def test_what_is_not_there(api, model, fields):
    """404 for the model, the version to copy, or the logged model."""
    asked = {"name": model, "source": "s3://b/c", **fields}
    asked["source"] = asked["source"].replace("{model}", model)
    assert api.post(PATH, asked).error == (404, "RESOURCE_DOES_NOT_EXIST")
