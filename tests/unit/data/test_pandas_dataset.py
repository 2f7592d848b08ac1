"""Datasets of pandas."""

import json

import pandas as pd
import pytest

from epochal import data
from epochal.errors import InvalidParameterError, NotFoundError


def frame():
    return pd.DataFrame({"age": [10, 15], "label": [1, 0], "guess": [1, 1]})


def test_it_describes_itself():
    """Name, digest, source, schema and profile are those of MLflow, as text."""
    dataset = data.from_pandas(
        frame(), "data/train.csv", targets="label", predictions="guess", name="kids"
    )
    told = dataset.to_dict()
    assert told["name"] == "kids"
    assert told["source_type"] == "local"
    assert json.loads(told["source"]) == {"uri": "data/train.csv"}
    assert json.loads(told["profile"]) == {"num_rows": 2, "num_elements": 6}
    assert json.loads(told["schema"])["mlflow_colspec"][0] == {
        "type": "long",
        "name": "age",
        "required": True,
    }
    assert json.loads(dataset.to_json()) == told
    assert (dataset.targets, dataset.predictions) == ("label", "guess")
    assert dataset.df.equals(frame())


def test_without_a_name_and_source_it_is_of_the_code():
    """The source tells who ran which script."""
    dataset = data.from_pandas(frame())
    assert dataset.name == "dataset"
    assert dataset.source.source_type == "code"
    assert "mlflow.user" in dataset.source.to_dict()["tags"]


def test_a_digest_can_be_given():
    """Then nothing is hashed."""
    assert data.from_pandas(frame(), digest="mine").digest == "mine"


def test_it_is_split_for_evaluation():
    """The column to predict is taken apart."""
    split = data.from_pandas(frame(), targets="label").to_pyfunc()
    assert list(split.inputs.columns) == ["age", "guess"]
    assert list(split.outputs) == [1, 0]
    assert data.from_pandas(frame()).to_pyfunc().outputs is None


@pytest.mark.parametrize(
    "odd",
    [
        pd.DataFrame(),
        pd.DataFrame({"a": []}),
        pd.DataFrame({"a": [None, None]}),
        pd.DataFrame({"a": [1, "x", None]}),
        pd.DataFrame({"a": pd.Categorical(["u", "v"])}),
        pd.DataFrame({"a": pd.date_range("2024-03-31", periods=3, freq="h", tz="Europe/Berlin")}),
        pd.DataFrame({"a": [[1, [2]], [[3], 4]]}),
        pd.DataFrame([[1, 2]], columns=["a", "a"]),
        pd.DataFrame([[1, 2]], columns=[0, pd.Timestamp("2024-01-01")]),
        pd.DataFrame([range(10_000)]),
    ],
    ids=["none", "empty", "null", "mixed", "category", "zone", "nested", "twice", "named", "wide"],
)
def test_odd_tables_are_described_too(odd):
    """Whatever pandas holds has a digest and can be written as text."""
    told = data.from_pandas(odd, "x.csv").to_dict()
    assert len(told["digest"]) == 8
    json.loads(told["schema"] or "null")


def test_what_cannot_be_is_refused():
    """The error says which column or source is not known."""
    with pytest.raises(InvalidParameterError, match="targets column 'lable'"):
        data.from_pandas(frame(), targets="lable")
    with pytest.raises(InvalidParameterError, match="predictions column"):
        data.from_pandas(frame(), predictions="x")
    with pytest.raises(InvalidParameterError, match="is no pandas DataFrame but list"):
        data.from_pandas([1, 2])
    with pytest.raises(NotFoundError, match="carrier"):
        data.from_pandas(frame(), "carrier://pigeon")
