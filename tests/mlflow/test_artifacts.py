"""Files that one SDK logs, the genuine client and ours, are read by the other."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from fixtures.servers import clean_environment, epochal_server, mlflow_server

LOG = """
import sys, pathlib, importlib
sdk = importlib.import_module(sys.argv[1])
sdk.set_tracking_uri(sys.argv[2])
sdk.set_experiment("files of " + sys.argv[1])
place = pathlib.Path(sys.argv[3])
(place / "folder/below").mkdir(parents=True)
for number in range(5):
    (place / f"folder/below/{number}.bin").write_bytes(bytes([number]) * 1000 * number)
(place / "größe 1.txt").write_text("größe")
(place / "long.bin").write_bytes(bytes(range(256)) * 40_000)
with sdk.start_run() as run:
    sdk.log_artifact(str(place / "größe 1.txt"), "a b")
    sdk.log_artifact(str(place / "long.bin"))
    sdk.log_artifact(str(place / "folder"), "whole")
    sdk.log_artifacts(str(place / "folder"), "inside")
    sdk.log_text("text", "texts/t.txt")
    sdk.log_dict({"a": [1, 2]}, "d.json")
    sdk.log_dict({"a": [1, 2]}, "d.yaml")
print(run.info.run_id)
"""

READ = """
import sys, hashlib, importlib, json, pathlib
sdk = importlib.import_module(sys.argv[1])
sdk.set_tracking_uri(sys.argv[2])
run = sys.argv[4]
target = pathlib.Path(sys.argv[3]) / ("by " + sys.argv[1])
target.mkdir()
folder = pathlib.Path(sdk.artifacts.download_artifacts(run_id=run, dst_path=str(target)))
found = {
    str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
    for path in folder.rglob("*") if path.is_file()
}
client = sdk.MlflowClient()
listed = [[e.path, e.is_dir, e.file_size] for e in client.list_artifacts(run, "whole/folder/below")]
one = client.download_artifacts(run, "a b/größe 1.txt", str(target))
texts = [sdk.artifacts.load_text(f"runs:/{run}/texts/t.txt"), pathlib.Path(one).read_text()]
loaded = sdk.artifacts.load_dict(f"runs:/{run}/d.json")
print(json.dumps([found, sorted(listed), texts, loaded], sort_keys=True))
"""


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    """Servers of their own: others count the experiments of those that are shared."""
    folder = tmp_path_factory.mktemp("servers")
    with mlflow_server(folder / "mlflow") as theirs, epochal_server(folder / "epochal") as ours:
        yield {"mlflow": theirs, "epochal": ours}


def tell(code, *arguments):
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=clean_environment(
            MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT="true",
            MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR="false",
            PYTHONWARNINGS="ignore",
        ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize("server", ["epochal", "mlflow"])
@pytest.mark.parametrize("writer", ["epochal", "mlflow"])
def test_each_reads_what_the_other_logged(servers, tmp_path, server, writer):
    """Every file, its size and its content, from either server."""
    (tmp_path / "source").mkdir()
    run_id = tell(LOG, writer, servers[server], tmp_path / "source")
    ours, theirs = (
        json.loads(tell(READ, reader, servers[server], tmp_path, run_id))
        for reader in ("epochal", "mlflow")
    )
    assert ours == theirs
    assert len(ours[0]) == 15
    assert ours[2:] == [["text", "größe"], {"a": [1, 2]}]
