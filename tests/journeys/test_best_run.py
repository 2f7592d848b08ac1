"""The best run of many is the first row: by our SDK, over HTTP and in the UI's table."""

from __future__ import annotations

import json

import pytest

from fixtures.scripts import run_script
from fixtures.servers import epochal_server

SCRIPT = """
import json
import sys

import epochal

if sys.argv[1] != "-":
    epochal.set_tracking_uri(sys.argv[1])
epochal.set_experiment("trials")
for name, loss in {"trial-0": 0.9, "trial-1": 0.1, "trial-2": 0.5}.items():
    with epochal.start_run(run_name=name):
        epochal.log_metric("val_loss", loss)
        epochal.log_param("depth", name[-1])
frame = epochal.search_runs(experiment_names=["trials"], order_by=["metrics.val_loss ASC"])
print(json.dumps({
    "columns": list(frame.columns),
    "types": [str(kind) for kind in frame.dtypes],
    "best": frame.iloc[0][["status", "tags.mlflow.runName", "metrics.val_loss"]].tolist(),
    "losses": frame["metrics.val_loss"].tolist(),
    "groups": epochal.group_runs("status", ["min(metrics.val_loss)"]).iloc[0].tolist(),
    "count": epochal.count_runs(),
    "values": epochal.distinct_values("params.depth"),
}, default=float))
"""


@pytest.mark.parametrize("where", ["embedded", "http"])
def test_the_best_run_is_the_first_row(where, tmp_path):
    """Sorted by the metric, with MLflow's columns; in the process and over HTTP alike."""
    if where == "embedded":
        done = run_script(tmp_path, SCRIPT, "-")
    else:
        with epochal_server(tmp_path / "server") as address:
            done = run_script(tmp_path, SCRIPT, address)
    assert done.code == 0, done.err
    seen = json.loads(done.out.splitlines()[-1])
    assert seen["columns"][:6] == [
        *("run_id", "experiment_id", "status", "artifact_uri", "start_time", "end_time")
    ]
    assert seen["columns"][6:8] == ["metrics.val_loss", "params.depth"]
    assert all("UTC" in kind for kind in seen["types"][4:6])
    assert seen["types"][6] == "float64"
    assert seen["best"] == ["FINISHED", "trial-1", 0.1]
    assert seen["losses"] == [0.1, 0.5, 0.9]
    assert seen["groups"] == ["FINISHED", 3, 0.1]
    assert seen["count"] == 3
    assert seen["values"] == {"0": 1, "1": 1, "2": 1}
