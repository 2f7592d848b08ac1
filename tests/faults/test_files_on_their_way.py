"""Files that were logged arrive, whatever happens to the process, the line and the server."""

from __future__ import annotations

import signal
import sys

from epochal.client.mlflow_client import MlflowClient
from fixtures.scripts import run_script, running_script
from fixtures.servers import clean_environment, epochal_server, free_port, started

READ_BACK = """
import sys, pathlib, epochal as mlflow
mlflow.set_tracking_uri(sys.argv[1])
(run,) = mlflow.search_runs(search_all_experiments=True, output_format="list")
mlflow.flush_artifact_async_logging()
folder = mlflow.artifacts.download_artifacts(run_id=run.info.run_id)
for path in sorted(pathlib.Path(folder).rglob("*")):
    if path.is_file():
        print(path.relative_to(folder), path.stat().st_size)
"""


def serve(folder, port):
    """Our server on a fixed port, so that it can come back where it was."""
    command = [sys.executable, "-m", "epochal", "server", "--port", str(port)]
    command += ["--backend-store-uri", str(folder / "store")]
    return started(command, folder / "server", port, clean_environment())


def test_logged_files_outlive_the_process_that_logged_them(tmp_path):
    """After `kill -9`, with no server there, the next process sends what was logged before."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    code = """
    import os, pathlib, sys, epochal as mlflow
    mlflow.set_tracking_uri(sys.argv[1])
    mlflow.start_run()
    mlflow.log_metric("loss", 1.0)
    mlflow.flush_async_logging()
    print("begun", flush=True)
    input()
    file = pathlib.Path("model.bin")
    file.write_bytes(bytes(3_000_000))
    mlflow.log_artifact(file, "models")
    file.write_bytes(b"changed")  # the same file, written anew in place
    mlflow.log_text("notes", "a.txt")
    pathlib.Path("few").mkdir()
    for number in range(20):
        pathlib.Path(f"few/{number}").write_text("x" * number)
    mlflow.log_artifacts("few", "few")
    file.unlink()
    os.kill(os.getpid(), 9)
    """
    with running_script(tmp_path, code, address) as process:
        with serve(tmp_path, port):
            assert process.stdout.readline() == "begun\n"
        process.communicate("\n", timeout=60)
        assert process.returncode == -signal.SIGKILL
    with serve(tmp_path, port):
        done = run_script(tmp_path, READ_BACK, address)
    expected = [
        ("a.txt", 5),
        *((f"few/{n}", n) for n in range(20)),
        ("models/model.bin", 3_000_000),
    ]
    found = [tuple(line.split()) for line in done.out.splitlines()]
    assert sorted(found) == sorted((path, str(size)) for path, size in expected), done.err


def test_server_that_restarts_gets_everything(tmp_path):
    """Training goes on without it, and the end of the run waits for the files."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    code = """
    import sys, time, epochal as mlflow
    mlflow.set_tracking_uri(sys.argv[1])
    run = mlflow.start_run()
    print(run.info.run_id, flush=True)
    input()
    began = time.perf_counter()
    for number in range(30):
        mlflow.log_text(str(number), f"texts/{number}.txt")
    print(time.perf_counter() - began, flush=True)
    input()
    """
    with running_script(tmp_path, code, address) as process:
        with serve(tmp_path, port):
            run_id = process.stdout.readline().strip()
        print("\n", file=process.stdin, flush=True)
        seconds = float(process.stdout.readline())
        with serve(tmp_path, port):
            _, err = process.communicate("\n", timeout=60)
            assert process.returncode == 0, err
            assert len(MlflowClient(address).list_artifacts(run_id, "texts")) == 30
            assert MlflowClient(address).get_run(run_id).info.status == "FINISHED"
    assert seconds < 2


def test_sync_sends_files_too(tmp_path):
    """`epochal sync` is enough; no process has to log there again."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    code = """
    import os, sys, epochal as mlflow
    mlflow.set_tracking_uri(sys.argv[1])
    mlflow.start_run()
    print(mlflow.active_run().info.run_id, flush=True)
    input()
    mlflow.log_text("late", "late.txt")
    os.kill(os.getpid(), 9)
    """
    with running_script(tmp_path, code, address) as process:
        with serve(tmp_path, port):
            run_id = process.stdout.readline().strip()
        process.communicate("\n", timeout=60)
    journals = tmp_path / "state/epochal/journal"
    with serve(tmp_path, port):
        sync = "import sys; from epochal.cli.main import main; sys.argv[1:1] = ['sync']; main()"
        for folder in journals.iterdir():
            done = run_script(tmp_path, sync, str(folder))
            assert done.code == 0, done.err
        found = MlflowClient(address).list_artifacts(run_id)
        assert [entry.path for entry in found] == ["late.txt"]


def test_exit_tells_where_unsent_files_lie(tmp_path):
    """When the server does not come back in time, nothing is lost and the user is told."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    code = """
    import sys, epochal as mlflow
    mlflow.set_tracking_uri(sys.argv[1])
    mlflow.start_run()
    print("begun", flush=True)
    input()
    mlflow.log_text("late", "late.txt")
    """
    with running_script(tmp_path, code, address, EPOCHAL_EXIT_GRACE_S="0.5") as process:
        with serve(tmp_path, port):
            assert process.stdout.readline() == "begun\n"
        _, err = process.communicate("\n", timeout=60)
    assert process.returncode == 0
    assert "epochal sync" in err
    with serve(tmp_path, port):
        assert run_script(tmp_path, READ_BACK, address).out.split() == ["late.txt", "4"]


def test_full_disk_for_parcels_sends_at_once(tmp_path):
    """With no room to keep a file, the call sends it before it returns."""
    code = """
    import os, shutil, sys, types, epochal as mlflow
    mlflow.set_tracking_uri(sys.argv[1])
    run = mlflow.start_run()
    shutil.disk_usage = lambda _: types.SimpleNamespace(total=10**12, used=0, free=1)
    with open("big", "wb") as file:
        file.write(bytes(1_000_000))
    mlflow.log_artifact("big")
    import urllib.request
    address = f"{sys.argv[1]}/get-artifact?run_id={run.info.run_id}&path=big"
    with urllib.request.urlopen(address) as answer:
        print(len(answer.read()))
    """
    with epochal_server(tmp_path / "server") as address:
        done = run_script(tmp_path, code, address)
    assert done.out.splitlines()[0] == "1000000", done.err


def test_children_leave_their_parents_files_to_them(tmp_path):
    """A forked child sends what it logs itself, and nothing of its parent's twice."""
    code = """
    import os, sys, epochal as mlflow
    mlflow.set_tracking_uri(sys.argv[1])
    with mlflow.start_run() as run:
        mlflow.log_text("parent", "parent.txt")
        pid = os.fork()
        if pid == 0:
            mlflow.log_text("child", "child.txt")
            sys.exit(0)
        assert os.waitpid(pid, 0)[1] == 0
    print(sorted(e.path for e in mlflow.MlflowClient().list_artifacts(run.info.run_id)))
    """
    with epochal_server(tmp_path / "server") as address:
        done = run_script(tmp_path, code, address, PYTHONWARNINGS="default")
    assert done.out.splitlines()[-1] == "['child.txt', 'parent.txt']", done.err


def test_refused_files_are_named_and_kept(tmp_path):
    """What the server never takes, such as a file where a folder stands, costs no other file."""
    code = """
    import sys, epochal as mlflow
    mlflow.set_tracking_uri(sys.argv[1])
    with mlflow.start_run() as run:
        mlflow.log_text("x", "d/a.txt")
        mlflow.flush_artifact_async_logging()
        mlflow.log_text("in the way", "d")
        mlflow.log_text("x", "b.txt")
    print(sorted(e.path for e in mlflow.MlflowClient().list_artifacts(run.info.run_id)))
    """
    with epochal_server(tmp_path / "server") as address:
        done = run_script(tmp_path, code, address)
    assert done.out.splitlines()[-1] == "['b.txt', 'd']", done.err
    assert "refused the artifact 'd'" in done.err
    kept = [path for path in (tmp_path / "state").rglob("refused/*") if path.is_file()]
    assert any(b"in the way" in path.read_bytes() for path in kept)
