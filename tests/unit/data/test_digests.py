"""Fingerprints of data; the expected ones are what MLflow 3.17 computes."""

import subprocess
import sys

import numpy as np
import pandas as pd
import polars as pl
import pytest

from epochal.data.digests import MAX_ROWS, numpy_digest, pandas_digest, polars_digest
from epochal.errors import InvalidParameterError

PANDAS = "2356e930"
NUMPY = "b45bdc02"
MIXED = "pd.DataFrame({'a': [1, 2, 3], 'b': ['x', 'y', 'z'], 'c': [0.5, np.nan, 2.0]})"


def frame():
    return pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "z"], "c": [0.5, np.nan, 2.0]})


def test_it_is_that_of_mlflow():
    """Known data has the known fingerprint."""
    assert pandas_digest(frame()) == PANDAS
    assert numpy_digest(np.arange(6.0).reshape(2, 3), np.array([0, 1])) == NUMPY
    assert polars_digest(pl.DataFrame({"a": [1, 2], "b": ["x", None]})).isdigit()


def test_it_is_the_same_in_another_process():
    """Nothing in it depends on the seed of Python's hashes."""
    code = (
        "import numpy as np, pandas as pd; from epochal.data.digests import pandas_digest; "
        f"print(pandas_digest({MIXED}))"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == PANDAS


def test_it_changes_with_values_names_and_rows():
    """Another value, another column name, one row more: another fingerprint."""
    seen = {
        pandas_digest(frame()),
        pandas_digest(frame().assign(a=[1, 2, 4])),
        pandas_digest(frame().rename(columns={"a": "d"})),
        pandas_digest(pd.concat([frame(), frame()])),
    }
    assert len(seen) == 4


def test_rows_beyond_the_first_count_by_number_only():
    """A fingerprint is for recognition; its cost does not grow with the table."""
    long = pd.DataFrame({"a": np.arange(MAX_ROWS + 10)})
    changed = long.copy()
    changed.loc[MAX_ROWS + 5, "a"] = -1
    assert pandas_digest(long) == pandas_digest(changed)
    assert pandas_digest(long) != pandas_digest(long.iloc[:-1])


def test_arrays_of_all_kinds():
    """Dictionaries, texts, objects that cannot be hashed, views: each has a fingerprint."""
    objects = np.array([{"a": 1}, [2]], dtype=object)
    digests = {
        numpy_digest({"b": np.ones(2), "a": np.zeros(2)}),
        numpy_digest(np.array(["x", "yy"])),
        numpy_digest(objects),
        numpy_digest(np.ones((4, 4))[::2]),
        numpy_digest(np.zeros((0, 5))),
    }
    assert len(digests) == 5


def test_what_is_no_array_is_refused():
    """The error names the part."""
    with pytest.raises(InvalidParameterError, match="features must be a numpy array"):
        numpy_digest([1, 2])
    with pytest.raises(InvalidParameterError, match=r"targets\['y'\]"):
        numpy_digest(np.ones(2), {"y": [1]})
