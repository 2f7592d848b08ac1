"""POST datasets/rows."""

import pandas as pd

from epochal.data.tables import as_table, write_parquet


def test_pages_of_csv_and_parquet(keeper, name):
    """From any row on; none beyond the end."""
    keeper.keep_csv(name, "a,b\n" + "".join(f"{n},x\n" for n in range(50)))
    told = keeper.post("rows", name=name, start=48, limit=10).json
    assert told == {"columns": ["a", "b"], "rows": [["48", "x"], ["49", "x"]], "total": 50}
    parquet = bytes(write_parquet(as_table(pd.DataFrame({"a": range(100), "b": [0.5] * 100}))))
    keeper.keep(name, parquet, format="parquet", rows=100, columns=2)
    told = keeper.post("rows", name=name, start=99).json
    assert told == {"columns": ["a", "b"], "rows": [[99, 0.5]], "total": 100}
    assert keeper.post("rows", name=name, start=100).json["rows"] == []
    assert keeper.post("rows", name=name, version=1, limit=1).json["rows"] == [["0", "x"]]


def test_what_has_no_rows(keeper, name):
    """Other formats, damaged files and impossible pages: 400; unknown names: 404."""
    assert keeper.post("rows", name=name).error == (404, "RESOURCE_DOES_NOT_EXIST")
    keeper.keep(name, b"bytes")
    assert "has no rows" in keeper.post("rows", name=name).message
    keeper.keep(name, b"no parquet", format="parquet")
    assert keeper.post("rows", name=name).error == (400, "INVALID_PARAMETER_VALUE")
    for fields in ({"start": -1}, {"limit": 0}, {"limit": 1001}):
        assert keeper.post("rows", name=name, **fields).error[0] == 400
