"""A model goes from a run into the registry and on to production, in a folder and on a server."""

from __future__ import annotations

from pathlib import Path

import pytest

import epochal as mlflow
from epochal.errors import (
    AlreadyExistsError,
    InvalidParameterError,
    ModelNotFoundError,
    NotFoundError,
    NotSupportedError,
    VersionNotFoundError,
)


@pytest.fixture
def name(request):
    """A name for a model of this test's own; the server is shared."""
    return request.node.name.replace("/", " ")


@pytest.fixture
def client(experiment):
    """A client of the store."""
    return mlflow.MlflowClient()


def trained(loss, run_name="run"):
    """A run that logged a model's files."""
    with mlflow.start_run(run_name=run_name) as run:
        mlflow.log_metric("loss", loss)
        mlflow.log_text(f"loss: {loss}", "model/MLmodel")
    return run.info.run_id


def registered(name, loss=0.5, run_name="run", **options):
    """A version of a model that a new run logged."""
    return mlflow.register_model(f"runs:/{trained(loss, run_name)}/model", name, **options)


def test_the_best_run_becomes_champion(client, name):
    """Registered, tagged, named champion, found again and loaded."""
    first = registered(name, 0.5, tags={"stage of mind": "hopeful"})
    second = registered(name, 0.3)
    assert (first.version, second.version, second.status) == (1, 2, "READY")
    assert first.tags == {"stage of mind": "hopeful"}
    client.set_registered_model_alias(name, "champion", 1)
    client.set_registered_model_alias(name, "champion", second.version)
    champion = client.get_model_version_by_alias(name, "champion")
    assert (champion.version, champion.run_id) == (2, second.run_id)
    assert client.get_registered_model(name).aliases == {"champion": 2}
    for uri in (f"models:/{name}@champion", f"models:/{name}/2", f"models:/{name}/latest"):
        folder = Path(mlflow.artifacts.download_artifacts(uri))
        assert (folder / "MLmodel").read_text() == "loss: 0.3"
    assert mlflow.artifacts.load_text(f"models:/{name}/1/MLmodel") == "loss: 0.5"


def test_stages_are_handed_over(client, name):
    """The version before goes into the archive."""
    for loss in (0.5, 0.3):
        registered(name, loss)
    client.transition_model_version_stage(name, 1, "production")
    moved = client.transition_model_version_stage(
        name, "2", "Production", archive_existing_versions=True
    )
    assert moved.current_stage == "Production"
    assert client.get_model_version(name, 1).current_stage == "Archived"
    assert [v.version for v in client.get_latest_versions(name, ["Production"])] == [2]
    assert [v.version for v in client.get_latest_versions(name)] == [1, 2]
    text = mlflow.artifacts.load_text(f"models:/{name}/Production/MLmodel")
    assert text == "loss: 0.3"
    client.set_model_version_tag(name, stage="Production", key="by", value="ada")
    assert client.get_model_version(name, 2).tags == {"by": "ada"}
    assert client.get_model_version_stages(name, 2)[0] == "None"


def test_runs_are_found_by_their_models(client, name, experiment):
    """By name, version, alias, stage and tag of what was registered; and those without."""
    for run_name, loss in (("first", 0.5), ("second", 0.3)):
        registered(name, loss, run_name)
    trained(0.9, "unregistered")
    client.set_registered_model_alias(name, f"champion {name}"[:8], 2)
    client.transition_model_version_stage(name, 1, "Archived")
    client.set_model_version_tag(name, 1, "checked", "yes")

    def found(text):
        frame = mlflow.search_runs(filter_string=text, order_by=["start_time", "run_id"])
        return sorted(frame["tags.mlflow.runName"]) if len(frame) else []

    assert found(f"model.name = '{name}'") == ["first", "second"]
    assert found("model.version = 2") == ["second"]
    assert found("model.alias = 'champion'") == ["second"]
    assert found("model.alias LIKE 'champ%' AND metrics.loss < 0.4") == ["second"]
    assert found("model.stage = 'Archived'") == ["first"]
    assert found("model.tags.checked = 'yes'") == ["first"]
    assert found("model.name IS NULL") == ["unregistered"]
    assert found("NOT model.alias = 'champion'") == ["first", "unregistered"]
    assert found("model.alias = 'champion' OR run_name = 'unregistered'") == [
        "second",
        "unregistered",
    ]
    assert mlflow.count_runs(filter_string="model.version > 0") == 2


def test_models_and_versions_are_searched(client, name):
    """All pages of them, from the module; one page, from the client."""
    registered(name, tags={"team": "rides"})
    registered(name)
    client.set_registered_model_tag(name, "team", "rides")
    mine = f"name = '{name}'"
    assert [m.name for m in mlflow.search_registered_models(filter_string=mine)] == [name]
    found = mlflow.search_model_versions(filter_string=mine, order_by=["version_number"])
    assert [v.version for v in found] == [1, 2]
    assert len(mlflow.search_model_versions(max_results=1, filter_string=mine)) == 1
    page = client.search_model_versions(mine, max_results=1)
    rest = client.search_model_versions(mine, max_results=1, page_token=page.token)
    assert [v.version for v in [*page, *rest]] == [2, 1]
    assert rest.token is None
    assert [
        m.name for m in client.search_registered_models("tags.team = 'rides' AND " + mine)
    ] == [name]


def test_versions_are_copied(client, name):
    """With run and files, into another model that is made for it."""
    made = registered(name, 0.4)
    client.set_registered_model_alias(name, "champion", 1)
    copied = client.copy_model_version(f"models:/{name}@champion", f"{name} in production")
    assert (copied.version, copied.run_id) == (1, made.run_id)
    assert copied.source == f"models:/{name}/1"
    again = mlflow.register_model(f"models:/{name}/1", f"{name} in production")
    assert again.version == 2
    text = mlflow.artifacts.load_text(f"models:/{name} in production/2/MLmodel")
    assert text == "loss: 0.4"


def test_models_are_described_renamed_and_deleted(client, name):
    """And what is gone is not found, in MLflow's words."""
    client.create_registered_model(name, {"k": 1}, "rides")
    with pytest.raises(AlreadyExistsError, match="already exists"):
        client.create_registered_model(name)
    client.update_registered_model(name, "taxi rides")
    model = client.rename_registered_model(name, f"{name} 2")
    assert (model.description, model.tags) == ("taxi rides", {"k": "1"})
    client.delete_registered_model_tag(f"{name} 2", "k")
    made = client.create_model_version(f"{name} 2", "s3://bucket/model", description="first")
    assert client.update_model_version(f"{name} 2", made.version, "one").description == "one"
    client.set_model_version_tag(f"{name} 2", made.version, "k", 5)
    client.delete_model_version_tag(f"{name} 2", made.version, "k")
    mlflow.set_model_version_tag(f"{name} 2", made.version, "j", "v")
    assert client.get_model_version(f"{name} 2", 1).tags == {"j": "v"}
    assert client.get_model_version_download_uri(f"{name} 2", 1) == "s3://bucket/model"
    client.set_registered_model_alias(f"{name} 2", "champion", 1)
    client.delete_registered_model_alias(f"{name} 2", "champion")
    with pytest.raises(InvalidParameterError, match="alias champion not found"):
        client.get_model_version_by_alias(f"{name} 2", "champion")
    client.delete_model_version(f"{name} 2", 1)
    with pytest.raises(VersionNotFoundError, match=r"version=1\) not found"):
        client.get_model_version(f"{name} 2", 1)
    client.delete_registered_model(f"{name} 2")
    with pytest.raises(ModelNotFoundError, match="Registered Model with name="):
        client.get_registered_model(f"{name} 2")


def test_mistakes_are_explained(client, name):
    """Nothing is registered that is not there."""
    run_id = trained(0.5)
    for uri, error in (
        (f"runs:/{run_id}/nothing", InvalidParameterError),
        (f"runs:/{run_id}", InvalidParameterError),
        (f"runs:/{'0' * 32}/model", NotFoundError),
        (f"models:/{name}/1", VersionNotFoundError),
        (f"models:/{name}/Bogus", InvalidParameterError),
        (f"models:/{name}", InvalidParameterError),
        ("models:/", InvalidParameterError),
    ):
        with pytest.raises(error):
            mlflow.register_model(uri, name)
    with pytest.raises(ModelNotFoundError):
        client.get_registered_model(name)
    with pytest.raises(InvalidParameterError, match="Names cannot contain"):
        mlflow.register_model(f"runs:/{run_id}/model", "a/b")
    with pytest.raises(InvalidParameterError, match="must be a text"):
        client.create_registered_model(5)
    with pytest.raises(InvalidParameterError, match="exactly one of version and stage"):
        client.set_model_version_tag(name, key="k", value="v")


def test_the_registry_may_be_another_store(fresh, name):
    """Runs stay where they are."""
    mlflow.set_tracking_uri(f"file://{fresh}/runs")
    mlflow.set_registry_uri(f"file://{fresh}/models")
    try:
        assert mlflow.get_registry_uri() == f"file://{fresh}/models"
        mlflow.MlflowClient().create_registered_model(name)
        assert [model.name for model in mlflow.search_registered_models()] == [name]
    finally:
        mlflow.set_registry_uri("")
    assert mlflow.get_registry_uri() == f"file://{fresh}/runs"
    assert mlflow.search_registered_models() == []


def test_offline_there_is_no_registry(fresh, name):
    """It says so, and what to do."""
    mlflow.set_tracking_uri(f"offline:{fresh}/later")
    run_id = trained(0.5)
    with pytest.raises(NotSupportedError, match="epochal sync"):
        mlflow.register_model(f"runs:/{run_id}/model", name)
    with pytest.raises(NotSupportedError, match="epochal sync"):
        mlflow.search_registered_models()
