"""Write the store that stands for the newest schema: `python tests/assets/make_store.py`.

Once a schema is released its file stays as it is; `test_migrations.py` says what is in each.
"""

from __future__ import annotations

from pathlib import Path

from epochal.entities import Dataset, DatasetInput, InputTag, Metric, Points
from epochal.ports.tracking import NewExperiment, NewRun, RunLog
from epochal.sql.database import open_database
from epochal.sql.migrations import load_migrations
from epochal.sql.store import SqlStore

START_MS = 1_700_000_000_000


def main() -> None:
    path = Path(__file__).parent / f"schema{max(load_migrations('sqlite')):04}.db"
    path.unlink(missing_ok=True)
    store = SqlStore(open_database(f"sqlite:///{path}"))
    new = NewExperiment("assets", "mlflow-artifacts:", START_MS, tags={"team": "ü"})
    experiment = store.create_experiment(new)
    tags = {"mlflow.runName": "old-owl-1"}
    run = NewRun("kept", experiment.experiment_id, "old-owl-1", "ada", START_MS + 1, tags)
    store.create_run(run)
    points = [Metric("loss", 0.5**step, START_MS + 2 + step, step) for step in range(3)]
    log = RunLog("kept", Points.of(points), {"alpha": "0.1"}, {"note": "überlebt"})
    store.log(log).result()
    flights = Dataset("flights", "d1", "local", "{}")
    store.log_inputs(
        "kept", [DatasetInput(flights, [InputTag("mlflow.data.context", "training")])]
    )
    store.close()


if __name__ == "__main__":
    main()
