"""GET artifacts/list."""

import pytest


@pytest.fixture
def root(api, run):
    """The path of the run's artifacts below the proxy, with a few files in it."""
    uri = api.run(run)["info"]["artifact_uri"]
    below = uri.removeprefix("mlflow-artifacts:/")
    for name in ("a.txt", "model/MLmodel", "model/data/b.bin"):
        assert api.put_file(f"{below}/{name}", b"12345").status == 200
    return uri


def ask(api, run, **asked):
    return api.get("artifacts/list", run_id=run, **asked)


def test_it_lists_the_root(api, run, root):
    """Folders have no size."""
    assert ask(api, run).json == {
        "root_uri": root,
        "files": [
            {"path": "a.txt", "is_dir": False, "file_size": 5},
            {"path": "model", "is_dir": True},
        ],
    }


def test_paths_are_relative_to_the_run(api, run, root):
    """Also below a folder."""
    listed = ask(api, run, path="model").json["files"]
    assert [file["path"] for file in listed] == ["model/MLmodel", "model/data"]


@pytest.mark.parametrize("path", ["a.txt", "missing"])
def test_files_and_missing_paths_have_no_entries(api, run, root, path):
    """Only the root is told."""
    assert ask(api, run, path=path).json == {"root_uri": root}


@pytest.mark.parametrize("path", ["..", "../x", "/etc", "a\\b", "a#b", "%2e%2e/x", "a/../../b"])
def test_unsafe_paths_are_refused(api, run, path):
    """In every spelling."""
    answer = ask(api, run, path=path)
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")
    assert "Invalid path" in answer.message


def test_an_unknown_run_is_not_found(api):
    """404."""
    assert ask(api, "0" * 32).error == (404, "RESOURCE_DOES_NOT_EXIST")


def test_a_location_that_is_not_the_servers_is_not_opened(api, tmp_path):
    """A client may name a folder of the server's machine; the server never looks there."""
    (tmp_path / "secret.txt").write_text("secret")
    experiment = api.new_experiment(artifact_location=f"file://{tmp_path}")
    run = api.new_run(experiment)
    for answer in (
        ask(api, run),
        api.get("get-artifact", "/", run_id=run, path="secret.txt"),
        api.ask("POST", f"/ajax-api/2.0/mlflow/upload-artifact?run_uuid={run}&path=x", b"x"),
    ):
        assert answer.error == (403, "PERMISSION_DENIED")
