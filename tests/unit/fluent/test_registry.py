"""What registering a model says, and searches over several pages."""

import pytest

from epochal.errors import InvalidParameterError
from epochal.fluent import registry


def test_registering_says_what_it_does(store, capsys):
    """On standard error, so that a script's output stays its own."""
    with store.start_run() as run:
        store.log_text("x", "model/file")
    for _ in range(2):
        store.register_model(f"runs:/{run.info.run_id}/model", "taxi")
    out, err = capsys.readouterr()
    assert "taxi" not in out
    assert err.splitlines() == [
        "Successfully registered model 'taxi'.",
        "Created version '1' of model 'taxi'.",
        "Registered model 'taxi' already exists. Creating a new version of it.",
        "Created version '2' of model 'taxi'.",
    ]


def test_searches_go_through_all_pages(store, monkeypatch):
    """Or as far as is asked for."""
    monkeypatch.setattr(registry, "_PAGE", 2)
    client = store.MlflowClient()
    for number in range(5):
        client.create_registered_model(f"m{number}")
        client.create_model_version(f"m{number}", "s3://b/m")
    assert len(store.search_registered_models()) == 5
    assert [m.name for m in store.search_registered_models(3, order_by=["name DESC"])] == [
        "m4",
        "m3",
        "m2",
    ]
    assert len(store.search_model_versions(filter_string="name != 'm0'")) == 4
    with pytest.raises(InvalidParameterError):
        store.search_registered_models(max_results="many")
