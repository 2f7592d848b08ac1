"""Sources that are files."""

import pytest

from epochal.data.filesystem_dataset_source import FILE_SOURCES, LocalArtifactDatasetSource
from epochal.errors import InvalidParameterError


def test_a_local_file_is_loaded_where_it_lies(tmp_path):
    """Nothing is copied unless a folder for it is given."""
    file = tmp_path / "a b.csv"
    file.write_text("x\n1\n")
    assert LocalArtifactDatasetSource(str(file)).load() == str(file)
    assert LocalArtifactDatasetSource(file.as_uri()).load() == str(file)


def test_a_file_that_is_gone_is_named(tmp_path):
    """The error says which."""
    with pytest.raises(InvalidParameterError, match=r"gone\.csv"):
        LocalArtifactDatasetSource(str(tmp_path / "gone.csv")).load()


def test_there_is_one_class_for_each_scheme():
    """What is kept under a type is read by exactly one of them."""
    schemes = [source.scheme for source in FILE_SOURCES]
    assert len(set(schemes)) == len(schemes)
    assert {"local", "s3", "gs", "abfss", "datasets"} <= set(schemes)
