"""POST model-versions/transition-stage."""

import pytest

PATH = "model-versions/transition-stage"


def move(api, model, version, stage, **more):
    return api.post(PATH, {"name": model, "version": version, "stage": stage, **more})


def test_moving_and_archiving(api, registry, model):
    """Whatever the case of the stage; the one that was there is archived if asked for."""
    for _ in range(2):
        registry.new_version(model)
    assert (
        move(api, model, "1", "production").json["model_version"]["current_stage"] == "Production"
    )
    moved = move(api, model, "2", "Production", archive_existing_versions=True)
    assert moved.json["model_version"]["current_stage"] == "Production"
    assert registry.version(model, "1")["current_stage"] == "Archived"
    assert move(api, model, "2", "None").json["model_version"]["current_stage"] == "None"


@pytest.mark.parametrize(
    ("stage", "more", "words"),
    [
        ("bogus", {}, "Invalid Model Version stage: bogus"),
        ("", {}, "stage"),
        ("Archived", {"archive_existing_versions": True}, "is not an Active stage"),
        ("None", {"archive_existing_versions": True}, "is not an Active stage"),
    ],
)
def test_what_is_refused(api, registry, model, stage, more, words):
    """400 that says which stages there are."""
    registry.new_version(model)
    refused = move(api, model, "1", stage, **more)
    assert refused.error == (400, "INVALID_PARAMETER_VALUE")
    assert words in refused.message


def test_an_unknown_version(api, model):
    """404."""
    assert move(api, model, "9", "Staging").error == (404, "RESOURCE_DOES_NOT_EXIST")
