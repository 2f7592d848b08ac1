"""From a store's place to services that work in it."""

import pytest

from epochal.errors import InvalidParameterError
from epochal.settings import locate_store
from epochal.wiring import open_embedded


def test_a_folder_of_mlflow_is_left_alone(tmp_path):
    """A file store of MLflow is refused by name, and nothing is put into it."""
    (tmp_path / "0").mkdir()
    (tmp_path / "0/meta.yaml").write_text("experiment_id: '0'", encoding="utf-8")
    with pytest.raises(InvalidParameterError, match="a file store of MLflow"):
        open_embedded(locate_store(str(tmp_path)))
    assert [path.name for path in tmp_path.iterdir()] == ["0"]


def test_a_folder_with_other_files_becomes_a_store(tmp_path):
    """Whatever lies there besides is no hindrance, and is still one the second time."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    for _ in range(2):
        services = open_embedded(locate_store(str(tmp_path)))
        assert services.experiments.get("0").name == "Default"
        services.close()


def test_a_file_is_no_folder(tmp_path):
    """Naming a file where a folder is meant tells how a file would be named."""
    place = tmp_path / "runs.db"
    place.touch()
    with pytest.raises(InvalidParameterError, match=f"'sqlite:///{place}'"):
        open_embedded(locate_store(str(place)))


def test_a_folder_below_a_file_cannot_be_made(tmp_path):
    """The system's reason is part of the message."""
    (tmp_path / "file").touch()
    with pytest.raises(InvalidParameterError, match="Not a directory"):
        open_embedded(locate_store(str(tmp_path / "file/store")))
