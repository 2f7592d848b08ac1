"""The demo's script, on ours and, with the import changed, on MLflow itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fixtures.servers import clean_environment

SCRIPT = Path(__file__).parent.parent.parent / "examples/flights.py"
ASK = """
import json, sys, warnings
warnings.simplefilter("ignore")
import {module} as mlflow
client = mlflow.MlflowClient()
found = mlflow.search_runs(
    experiment_names=["flights-air-time"], order_by=["start_time ASC"], output_format="list"
)
print(json.dumps([
    {{
        "name": run.info.run_name,
        "status": run.info.status,
        "params": run.data.params,
        "metrics": sorted(run.data.metrics),
        "rmse": round(run.data.metrics["rmse"], 6),
        "curve": [(p.step, round(p.value, 6)) for p in client.get_metric_history(run.info.run_id, "valid_rmse")],
        "tags": {{key: run.data.tags[key] for key in ("developer", "model", "mlflow.source.type")}},
        "inputs": sorted((i.dataset.name, i.dataset.digest) for i in run.inputs.dataset_inputs),
        "files": sorted(f.path for top in client.list_artifacts(run.info.run_id)
                        for f in ([top] if not top.is_dir else client.list_artifacts(run.info.run_id, top.path))),
    }}
    for run in found
]))
"""


def outcome(module, folder):
    """What the store holds after the script ran with that import, on few flights."""
    script = folder / "flights.py"
    text = SCRIPT.read_text(encoding="utf-8")
    script.write_text(text.replace("import epochal as mlflow", f"import {module} as mlflow"))
    assert f"import {module} as mlflow" in script.read_text()
    environment = clean_environment()
    if module == "mlflow":
        environment["MLFLOW_TRACKING_URI"] = f"sqlite:///{folder}/mlflow.db"

    def run(*command):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    run(str(script), "--train", "600", "--valid", "300")
    return json.loads(run("-c", ASK.format(module=module)).splitlines()[-1])


@pytest.mark.timeout(300)
def test_demo_leaves_the_same_with_mlflow(tmp_path):
    """Ten finished runs with the same params, metrics, curves, inputs and files on both."""
    (tmp_path / "ours").mkdir()
    (tmp_path / "theirs").mkdir()
    ours, theirs = outcome("epochal", tmp_path / "ours"), outcome("mlflow", tmp_path / "theirs")
    assert len(ours) == 10
    assert ours == theirs
