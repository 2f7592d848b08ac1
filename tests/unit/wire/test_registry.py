"""What is said about models comes through the wire as it was."""

from epochal.entities import ModelVersion, Page, RegisteredModel
from epochal.wire import registry as wire

BARE = ModelVersion("taxi", 1, 5, 6, "s3://b/m")
FULL = ModelVersion(
    name="é",
    version=2**40,
    creation_timestamp=5,
    last_updated_timestamp=6,
    source="models:/taxi/1",
    run_id="r1",
    current_stage="Production",
    description="",
    user_id="ada",
    status="FAILED_REGISTRATION",
    status_message="no room",
    run_link="http://x",
    model_id="m-1",
    tags={"k": ""},
    aliases=["a", "b"],
)
MODEL = RegisteredModel("é", 1, 2, "d", [BARE, FULL], {"t": "v"}, {"champion": 3})


def test_versions_survive():
    """Alone and in pages."""
    for version in (BARE, FULL):
        assert wire.decode_version(wire.encode_version(version)) == version
    page = wire.decode_versions(wire.encode_versions([BARE, FULL], "next"))
    assert page == Page([BARE, FULL], "next")


def test_models_survive():
    """Alone and in pages; numbers of versions are texts on the wire."""
    body = wire.encode_model(MODEL)
    assert wire.decode_model(body) == MODEL
    assert b'"version":"3"' in body
    assert wire.decode_models(wire.encode_models(Page([MODEL]))) == Page([MODEL])
    assert wire.encode_models(Page([])) == b"{}"


def test_the_place_of_files_survives():
    """As it is."""
    assert wire.decode_download_uri(wire.encode_download_uri("s3://b/m")) == "s3://b/m"
