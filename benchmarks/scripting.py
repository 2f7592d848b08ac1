"""The rows of the table that are about the training loop: what a log call costs."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from peers import environment, python_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPTS = Path(__file__).parent / "scripts"
POINTS = 50_000
# MLflow waits for its store with each point, and W&B's and TensorBoard's queues fill up.
POINTS_OF = {
    "MLflow": 500,
    "MLflow async": 1_000,
    "W&B offline": 3_000,
    "trackio": 10_000,
    "tensorboardX": 5_000,
}
LIBRARIES = {
    "W&B offline": ("wandb", "wandb"),
    "trackio": ("trackio", "trackio"),
    "tensorboardX": ("tensorboard", "tensorboardX"),
}


def measure() -> Iterator[tuple[str, dict[str, float]]]:
    """The figures of each library that is there, after the name of its column."""
    with tempfile.TemporaryDirectory() as folder:
        store = f"sqlite:///{folder}/epochal.db"
        yield "Epochal", _run(sys.executable, "log_mlflow.py", "epochal", store, str(POINTS))
    mlflow = python_of("mlflow")
    for name, more in (("MLflow", []), ("MLflow async", ["async"])):
        if mlflow is not None:
            with tempfile.TemporaryDirectory() as folder:
                store = f"sqlite:///{folder}/mlflow.db"
                points = str(POINTS_OF[name])
                yield name, _run(mlflow, "log_mlflow.py", "mlflow", store, points, *more)
    for name, (peer, module) in LIBRARIES.items():
        python = python_of(peer)
        if python is not None:
            points = str(POINTS_OF.get(name, POINTS))
            with tempfile.TemporaryDirectory() as folder:
                found = _run(python, "log_others.py", module, folder, points)
            with tempfile.TemporaryDirectory() as folder:
                found |= _run(python, "log_others.py", module, folder, "stored")
            yield name, found


def _run(python: str | Path, script: str, *arguments: str) -> dict[str, float]:
    """What a script prints last, run in an empty folder; nothing if it breaks."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                [str(python), str(SCRIPTS / script), *arguments],
                cwd=folder,
                env=environment(ours=str(python) == sys.executable),
                capture_output=True,
                text=True,
                timeout=300,
                check=True,
            )
        except subprocess.SubprocessError as fault:
            told = getattr(fault, "stderr", None) or fault
            print(f"{script} {arguments[0]} broke: {str(told)[-1500:]}", file=sys.stderr)
            return {}
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    return json.loads(lines[-1])
