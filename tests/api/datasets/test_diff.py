"""POST datasets/diff."""

import json

import pandas as pd

from epochal.data import profile


def test_two_versions(keeper, name):
    """Columns, rows, drift, and how many bytes both share."""
    before, after = pd.DataFrame({"a": [1, 2], "b": [1, 1]}), pd.DataFrame({"a": [9, 9, 9]})
    for frame in (before, after):
        keeper.keep_csv(name, frame.to_csv(index=False), profile=json.dumps(profile(frame)))
    told = keeper.post("diff", a=f"{name}/1", b=f"datasets:/{name}@latest").json
    assert (told["rows"], told["removed"], told["is_same"]) == ([2, 3], ["b"], False)
    assert told["columns"][0]["ks"] == 1
    assert told["columns"][0]["verdict"] == "large"
    same = keeper.post("diff", a=f"{name}/2", b=f"{name}").json
    assert (same["is_same"], same["shared_bytes"]) == (True, same["size_bytes"][0])


def test_what_cannot_be_compared(keeper, name):
    """Files that are no tables, unknown versions, and texts that name none."""
    keeper.keep(name, b"bytes")
    assert "only tables" in keeper.post("diff", a=name, b=name).message
    assert keeper.post("diff", a=f"{name}/7", b=name).error == (404, "RESOURCE_DOES_NOT_EXIST")
    assert keeper.post("diff", a=f"{name}/x", b=name).error == (400, "INVALID_PARAMETER_VALUE")
    assert keeper.post("diff", a=name).error == (400, "INVALID_PARAMETER_VALUE")
