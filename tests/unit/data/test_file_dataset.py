"""Tables in files."""

import pandas as pd
import pytest

from epochal import data
from epochal.data.file_dataset import stem
from epochal.errors import InvalidParameterError


def test_csv_and_parquet_are_read(tmp_path):
    """The file is the source, and names the dataset."""
    frame = pd.DataFrame({"a": [1, 2], "y": ["u", "v"]})
    frame.to_csv(tmp_path / "train.csv", index=False)
    frame.to_parquet(tmp_path / "train.parquet")
    read = data.from_csv(tmp_path / "train.csv", targets="y")
    same = data.from_parquet(str(tmp_path / "train.parquet"), name="n")
    assert read.digest == same.digest
    assert (read.name, read.targets, same.name) == ("train", "y", "n")
    assert read.source.to_dict() == {"uri": str(tmp_path / "train.csv")}
    assert data.from_csv(tmp_path / "train.csv", usecols=["a"]).df.shape == (2, 1)


def test_what_cannot_be_read_is_named(tmp_path):
    """A missing file and one of another kind."""
    (tmp_path / "x.parquet").write_text("no table")
    with pytest.raises(InvalidParameterError, match="There is no file"):
        data.from_csv(tmp_path / "gone.csv")
    with pytest.raises(InvalidParameterError, match="cannot be read"):
        data.from_parquet(tmp_path / "x.parquet")


@pytest.mark.parametrize(
    ("path", "name"), [("a/b.tar.gz", "b"), ("s3://b/table/", "table"), (".hidden", "dataset")]
)
def test_a_name_is_made_of_the_path(path, name):
    """Without folders and endings."""
    assert stem(path) == name
