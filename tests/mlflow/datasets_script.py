"""Describe many datasets with the module named on the command line; print what it says of them.

Run once with MLflow and once with ours: both must say the same.
"""

from __future__ import annotations

import datetime as dt
import decimal
import importlib
import json
import sys
import warnings

import numpy as np
import pandas as pd
import polars as pl

DAY = dt.datetime(2024, 2, 29, 12, 30, tzinfo=dt.UTC)


def frames():
    """Tables with what is usual and what is not."""
    rng = np.random.default_rng(7)
    n = 12_345
    text = pd.Series(["x", "y", None, "z"])
    return {
        "mixed": pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "z"], "c": [0.5, np.nan, 2.0]}),
        "long": pd.DataFrame({"v": rng.normal(size=n), "k": rng.integers(0, 9, n), "t": ["q"] * n}),
        "empty": pd.DataFrame({"a": pd.Series([], dtype="int64"), "b": pd.Series([], dtype=object)}),
        "no columns": pd.DataFrame(index=range(3)),
        "all null": pd.DataFrame({"a": [None, None], "b": [np.nan, np.nan], "c": [pd.NaT, pd.NaT]}),
        "objects": pd.DataFrame({"a": pd.Series([1, "x", 2.5], dtype=object)}),
        "object texts": pd.DataFrame({"a": text.astype(object), "b": text}),
        "object numbers": pd.DataFrame({"a": pd.Series([1, None, 3], dtype=object)}),
        "object floats": pd.DataFrame({"a": pd.Series([1.5, None, float("nan")], dtype=object)}),
        "numpy objects": pd.DataFrame({"a": pd.Series([np.float32(1), None], dtype=object)}),
        "decimals": pd.DataFrame({"a": [decimal.Decimal("1.5"), decimal.Decimal(2)]}),
        "category": pd.DataFrame({"a": pd.Categorical(["u", "v", "u"]), "b": pd.Categorical([1, 2, 1])}),
        "times": pd.DataFrame({"a": pd.to_datetime([DAY, DAY]), "b": pd.to_datetime(["2024-01-01", None])}),
        "durations": pd.DataFrame({"a": pd.to_timedelta([1, 2], unit="s"), "b": [1, 2]}),
        "dates": pd.DataFrame({"a": [dt.date(2024, 1, 1), dt.date(2024, 1, 2)]}),
        "lists": pd.DataFrame({"a": [[1, 2], [3]], "b": [["x"], None], "c": [[], [1.5]]}),
        "nested": pd.DataFrame({"a": [{"p": 1, "q": "x"}, {"p": 2}], "b": [[{"r": [1]}], [{"s": 2.0}]]}),
        "arrays": pd.DataFrame({"a": [np.array([1.0, 2.0]), np.array([3.0])], "b": [b"x", b"y"]}),
        "twice": pd.DataFrame([[1, 2], [3, 4]], columns=["a", "a"]),
        "numbered": pd.DataFrame([[1, 2.5], [3, 4.5]]),
        "named by anything": pd.DataFrame([[1, 2, "t"]], columns=[0, "b", ("c", 1)]),
        "widths": pd.DataFrame({t: np.array([1, 2], dtype=t) for t in ("int8", "uint16", "uint32", "uint64", "float16", "float32", "bool")}),
        "some widths": pd.DataFrame({t: np.array([1, 2], dtype=t) for t in ("int8", "int16", "int32", "uint8", "uint16", "uint32", "float16", "float32", "bool")}),
        "nullable": pd.DataFrame({"a": pd.array([1, None], dtype="Int64"), "b": pd.array([True, None], dtype="boolean"), "c": pd.array(["s", None], dtype="string")}),
        "infinite": pd.DataFrame({"a": [np.inf, -np.inf, 0.0]}),
        "complex": pd.DataFrame({"a": [1 + 2j, 3j]}),
        "index": pd.DataFrame({"a": [1, 2]}, index=["x", "y"]),
        "wide": pd.DataFrame(np.arange(600).reshape(2, 300), columns=[f"c{i}" for i in range(300)]),
    }  # fmt: skip


def arrays():
    """Arrays of features, some with targets."""
    rng = np.random.default_rng(3)
    return {
        "matrix": (rng.normal(size=(50, 4)), rng.integers(0, 2, 50)),
        "large": (rng.normal(size=(30_000, 3)), None),
        "cube": (rng.integers(0, 255, (4, 8, 8), dtype=np.uint8), None),
        "texts": (np.array(["alpha", "b"]), np.array([b"x", b"yy"])),
        "named": (
            {"b": np.ones((2, 3)), "a": np.zeros(2, dtype="int32")},
            {"y": np.array([1, 0])},
        ),
        "empty": (np.zeros((0, 5)), None),
        "objects": (np.array([{"a": 1}, [2]], dtype=object), None),
        "fortran": (np.asfortranarray(rng.normal(size=(20, 5))), None),
        "view": (rng.normal(size=(20, 6))[::2, ::3], None),
        "scalar": (np.array(1.5), None),
    }


def polars_frames():
    """Tables of polars."""
    return {
        "mixed": pl.DataFrame({"a": [1, 2], "b": ["x", None], "c": [1.5, 2.5], "d": [True, False]}),
        "nested": pl.DataFrame({"a": [[1, 2], [3]], "b": [{"p": 1, "q": "x"}, {"p": 2, "q": "y"}]}),
        "times": pl.DataFrame({"a": [DAY, DAY], "b": [DAY.date(), None], "c": pl.Series(["u", "v"], dtype=pl.Categorical)}),
        "unknown": pl.DataFrame({"a": pl.Series([1, 2], dtype=pl.UInt64)}),
        "nothing": pl.DataFrame({"a": pl.Series([None, None], dtype=pl.Float32)}),
        "empty": pl.DataFrame({"a": pl.Series([], dtype=pl.Int64)}),
    }  # fmt: skip


def told(make):
    """What a dataset says of itself, or the kind of its failure."""
    try:
        return make().to_dict()
    except Exception as fault:  # noqa: BLE001 - which one is no matter
        return f"fails: {type(fault).__name__}"


def main():
    data = importlib.import_module(f"{sys.argv[1]}.data")
    warnings.simplefilter("ignore")
    said = {}
    for name, frame in frames().items():
        said[f"pandas {name}"] = told(
            lambda frame=frame: data.from_pandas(frame, source="a/b.csv")
        )
    for name, (features, targets) in arrays().items():
        said[f"numpy {name}"] = told(
            lambda f=features, t=targets: data.from_numpy(
                f, source="s3://b/k", targets=t, name="n"
            )
        )
    for name, frame in polars_frames().items():
        said[f"polars {name}"] = told(lambda frame=frame: data.from_polars(frame, source="x"))
    for source in ("https://e.org/x.csv", "file:///tmp/x", "gs://b/x", "hdfs://n/x", "x.csv"):
        said[f"source {source}"] = told(lambda s=source: data.from_numpy(np.ones(2), source=s))
    meta = importlib.import_module(f"{sys.argv[1]}.data.meta_dataset").MetaDataset
    http = importlib.import_module(f"{sys.argv[1]}.data.http_dataset_source").HTTPDatasetSource
    said["meta"] = told(lambda: meta(http("https://e.org/a.tar.gz"), name="reviews"))
    frame = pd.DataFrame({"x": [1], "y": [2]})
    said["targets"] = told(lambda: data.from_pandas(frame, source="x", targets="y", name="named"))
    json.dump(said, sys.stdout, sort_keys=True)


main()
