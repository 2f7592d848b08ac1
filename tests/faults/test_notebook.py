"""A real Jupyter kernel: cells that run one by one, fail, are interrupted, and end abruptly."""

from __future__ import annotations

import pytest

from epochal.client.mlflow_client import MlflowClient
from fixtures.scripts import environment

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")

CELLS = (
    "import epochal as mlflow\nmlflow.set_tracking_uri('store')\nrun = mlflow.start_run()",
    "for step in range(100):\n    mlflow.log_metric('loss', 1.0, step=step)",
    "mlflow.log_metric('loss', 2.0, step=100)\nraise ValueError('a cell that fails')",
    "mlflow.log_metric('loss', 3.0, step=101)\nassert mlflow.active_run().info.status == 'RUNNING'",
)


@pytest.mark.parametrize("ending", ["pass", "import os; os._exit(0)"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore:Proactor|zmq")
def test_a_run_goes_on_over_cells(tmp_path, ending):
    """One run takes what all cells log, whatever became of them and of the kernel."""
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(text) for text in (*CELLS, ending)]
    client = nbclient.NotebookClient(
        notebook,
        timeout=60,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(tmp_path)}},
    )
    try:
        client.execute(env=environment(tmp_path, PYTHONWARNINGS="default"))
    except nbclient.exceptions.DeadKernelError:
        assert "_exit" in ending
    store = MlflowClient(str(tmp_path / "store"))
    (run,) = store.search_runs(["0"])
    history = store.get_metric_history(run.info.run_id, "loss")
    assert sorted(point.step for point in history) == list(range(102))
    assert run.data.tags["mlflow.source.type"] == "NOTEBOOK"
    assert run.info.status == ("RUNNING" if "_exit" in ending else "FINISHED")
