"""From nothing to a store: with no server, with one, and with a wrong address."""

from __future__ import annotations

import http.client
import json
import os
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

import epochal as mlflow
from fixtures.scripts import environment, running_script
from fixtures.servers import clean_environment, epochal_server, free_port

TRAIN = """
import sys
import epochal as mlflow
if len(sys.argv) > 1:
    mlflow.set_tracking_uri(sys.argv[1])
    assert mlflow.get_tracking_uri() == sys.argv[1]
with mlflow.start_run(run_name="lasso") as run:
    mlflow.log_param("alpha", 0.1)
    mlflow.log_metric("rmse", 7.4)
    mlflow.log_text("weights", "models/model.txt")
print(run.info.run_id)
"""


def trained(script, *arguments, **extra):
    """The id of the run that a script logs; the script must neither fail nor complain."""
    done = script(TRAIN, *arguments, **extra)
    assert (done.code, done.err) == (0, "")
    return done.out.splitlines()[-1]


def asked(address, path, body=None, **headers):
    """A server's JSON, over plain HTTP."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        f"{address}/{path}", data, {"Content-Type": "application/json", **headers}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def listed(address, experiment="0"):
    """The ids of an experiment's runs, as the pages ask for them."""
    answer = asked(address, "ajax-api/2.0/mlflow/runs/search", {"experiment_ids": [experiment]})
    return [run["info"]["run_id"] for run in answer.get("runs", [])]


def refused(folder, *command):
    """What a command that cannot work says; it ends by itself, and not with a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "epochal", *command],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode in {1, 2}
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.fixture
def odd(tmp_path):
    """A folder whose name nobody thought of."""
    folder = tmp_path / "my flights, größe 100%"
    folder.mkdir()
    return folder


def test_ui_shows_the_runs_of_its_folder(script, tmp_path):
    """A script with no set-up, then `ui` in the same folder: page and run are there."""
    run_id = trained(script)
    with epochal_server(tmp_path, arguments=()) as address:
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address) as page:
            assert page.status == 200
            assert page.headers.get_content_type() == "text/html"
        assert listed(address) == [run_id]


def test_ui_command_is_the_server(tmp_path):
    """`epochal ui` takes the same options and says where to look."""
    done = subprocess.run(
        [sys.executable, "-m", "epochal", "ui", "--help"],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    for option in ("--backend-store-uri", "--default-artifact-root", "--host", "--port"):
        assert option in done.stdout


def test_ui_runs_while_a_script_logs(tmp_path):
    """Points show up in a page that was opened before, and neither gets in the other's way."""
    code = """
    import epochal as mlflow
    with mlflow.start_run() as run:
        print(run.info.run_id, flush=True)
        for step in range(1000):
            mlflow.log_metric("loss", step, step=step)
        mlflow.flush_async_logging()
        print("logged", flush=True)
        input()
    """
    with epochal_server(tmp_path, arguments=()) as address:
        with running_script(tmp_path, code) as process:
            run_id = process.stdout.readline().strip()
            assert process.stdout.readline() == "logged\n"
            query = f"metrics/get-history?run_id={run_id}&metric_key=loss&max_results=2000"
            points = asked(address, f"ajax-api/2.0/mlflow/{query}")["metrics"]
            assert [point["value"] for point in points] == list(range(1000))
            run = asked(address, f"ajax-api/2.0/mlflow/runs/get?run_id={run_id}")["run"]
            assert run["info"]["status"] == "RUNNING"
            out, err = process.communicate("\n", timeout=30)
            assert (process.returncode, out, err) == (0, "", "")
        run = asked(address, f"ajax-api/2.0/mlflow/runs/get?run_id={run_id}")["run"]
        assert run["info"]["status"] == "FINISHED"


def test_script_and_ui_share_a_database_file(script, tmp_path):
    """A script logs into `sqlite:///mlflow.db` with no server; the UI on that file shows it."""
    run_id = trained(script, "sqlite:///mlflow.db")
    with sqlite3.connect(tmp_path / "mlflow.db") as database:
        assert database.execute("SELECT count(*) FROM runs").fetchone() == (1,)
    database.close()
    with epochal_server(
        tmp_path, arguments=("--backend-store-uri", "sqlite:///mlflow.db")
    ) as address:
        assert listed(address) == [run_id]
        path = f"get-artifact?run_id={run_id}&path=models/model.txt"
        with urllib.request.urlopen(f"{address}/{path}") as file:
            assert file.read() == b"weights"


@pytest.mark.parametrize("spelling", ["file://{}", "file://{}/", "file:{}", "{}"])
def test_folder_is_named_by_uri(script, odd, spelling):
    """With and without slash at the end, spaces and umlauts: one folder, and the URI as given.

    Experiments and artifacts both lie in it, and nowhere else.
    """
    run_id = trained(script, spelling.format(odd / "store"))
    mine = mlflow.MlflowClient(str(odd / "store"))
    run = mine.get_run(run_id)
    assert run.data.params == {"alpha": "0.1"}
    assert [path.name for path in odd.iterdir()] == ["store"]
    (kept,) = odd.rglob("model.txt")
    assert kept.read_text(encoding="utf-8") == "weights"


def test_folder_uri_and_server_on_that_folder_show_the_same(script, tmp_path):
    """`server --backend-store-uri FOLDER` shows what a script logged by the file URI."""
    run_id = trained(script, f"file://{tmp_path}/mlflow")
    options = ("-h", "127.0.0.1", "--backend-store-uri", f"{tmp_path}/mlflow/")
    with epochal_server(tmp_path, arguments=options) as address:
        assert listed(address) == [run_id]
        artifacts = asked(address, f"api/2.0/mlflow/artifacts/list?run_id={run_id}&path=models")
        assert [file["path"] for file in artifacts["files"]] == ["models/model.txt"]


def test_store_goes_where_its_folder_goes(script, tmp_path, odd):
    """A folder that was moved opens at its new place, artifacts included."""
    run_id = trained(script, str(tmp_path / "store"))
    (tmp_path / "store").rename(odd / "moved")
    client = mlflow.MlflowClient(str(odd / "moved"))
    run = client.get_run(run_id)
    assert run.info.artifact_uri.startswith((odd / "moved").as_uri())
    path = client.download_artifacts(run_id, "models/model.txt", str(tmp_path))
    assert Path(path).read_text(encoding="utf-8") == "weights"


def test_with_nothing_set_experiment_0_takes_the_run(fresh):
    """The default experiment exists from the start; the first that is created is number 1."""
    mlflow.log_metric("rmse", 1.0)
    mlflow.end_run()
    (run,) = mlflow.search_runs(output_format="list")
    assert run.info.experiment_id == "0"
    assert mlflow.get_experiment("0").name == "Default"
    assert mlflow.set_experiment("flights").experiment_id == "1"
    assert (fresh / ".epochal").is_dir()


def test_store_of_a_parent_folder_is_found(script, tmp_path):
    """In a folder below, as in git, the same store is meant."""
    run_id = trained(script)
    (tmp_path / "notebooks").mkdir()
    with epochal_server(tmp_path / "notebooks", arguments=()) as address:
        assert listed(address) == [run_id]
    assert not (tmp_path / "notebooks/.epochal").exists()


def test_team_server_keeps_artifacts_in_its_folder(script, tmp_path):
    """A database and `./artifacts_local`: the runs go to the one, the files lie in the other."""
    options = ("--backend-store-uri", "sqlite:///backend.db")
    options += ("--default-artifact-root", "./artifacts_local")
    with epochal_server(tmp_path, arguments=options) as address:
        run_id = trained(script, address)
        assert listed(address) == [run_id]
    assert (tmp_path / "backend.db").is_file()
    (kept,) = (tmp_path / "artifacts_local").rglob("model.txt")
    assert run_id in kept.parts
    assert kept.read_text(encoding="utf-8") == "weights"


def test_database_and_artifacts_are_chosen_apart(script, tmp_path):
    """Another folder for the files leaves the database alone, and the other way round."""
    for database, files in (("one", "a"), ("one", "b"), ("two", "b")):
        options = ("--backend-store-uri", f"sqlite:///{database}.db")
        options += ("--artifacts-destination", files)
        with epochal_server(tmp_path, arguments=options) as address:
            trained(script, address)
            count = len(listed(address))
        assert count == {"onea": 1, "oneb": 2, "twob": 1}[database + files]
    assert len(list((tmp_path / "a").rglob("model.txt"))) == 1
    assert len(list((tmp_path / "b").rglob("model.txt"))) == 2


def test_client_needs_the_address_only(script, tmp_path):
    """Run and files go through the server; nothing of the store lies where the script runs."""
    with epochal_server(tmp_path / "server") as address:
        run_id = trained(script, address)
        assert listed(address) == [run_id]
    assert not list(tmp_path.glob("*.db")) + list(tmp_path.glob(".epochal"))
    assert [path.parts[-3] for path in (tmp_path / "server").rglob("model.txt")] == ["artifacts"]


def test_experiment_has_the_artifact_location_it_was_given(fresh):
    """Files of its runs go there, and those of other experiments do not."""
    mlflow.set_tracking_uri(str(fresh / "store"))
    mlflow.create_experiment("elsewhere", artifact_location=str(fresh / "big disk"))
    for name in ("elsewhere", "here"):
        mlflow.set_experiment(name)
        with mlflow.start_run():
            mlflow.log_text(name, "name.txt")
    (elsewhere,) = (fresh / "big disk").rglob("name.txt")
    (here,) = (fresh / "store").rglob("name.txt")
    assert (elsewhere.read_text(), here.read_text()) == ("elsewhere", "here")


def test_server_works_under_another_name_and_below_a_prefix(script, tmp_path):
    """Behind a proxy: its name is answered to when allowed, below a path of its own."""
    names = ("--allowed-hosts", "mlops.example.com")
    with epochal_server(tmp_path, arguments=names, prefix="/tracking") as address:
        run_id = trained(script, address)
        assert listed(address) == [run_id]
        port = int(address.removesuffix("/tracking").rpartition(":")[2])
        statuses = {}
        for host in ("mlops.example.com", "evil.example.com"):
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            line.request("GET", "/tracking/", headers={"Host": host})
            answer = line.getresponse()
            statuses[host] = answer.status
            text = answer.read().decode()
            line.close()
    assert statuses == {"mlops.example.com": 200, "evil.example.com": 403}
    assert "--allowed-hosts" in text


def test_port_that_is_taken_is_told(tmp_path):
    """The command ends with the address and what to do, and makes no store."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused(tmp_path, "ui", "--port", str(port))
    assert f"127.0.0.1:{port}" in said
    assert "--port" in said
    assert not (tmp_path / ".epochal").exists()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--host", "no-such-host.invalid"), "no-such-host.invalid"),
        (("--port", "70000"), "70000"),
        (("--backend-store-uri", "mysql://localhost/runs"), "mysql"),
        (("--backend-store-uri", "sqlite:///no/such/folder/x.db"), "no/such/folder"),
        (("--backend-store-uri", "notes.txt"), "is a file"),
        (("--backend-store-uri", "sqlite:///notes.txt"), "not an SQLite database"),
        (("--default-artifact-root", "ftp://host/x"), "ftp://host/x"),
        (("--static-prefix", "tracking"), "must start with '/'"),
    ],
)
def test_server_that_cannot_start_says_why(tmp_path, options, expected):
    """One sentence names the value that was wrong."""
    (tmp_path / "notes.txt").write_text("mine " * 1000, encoding="utf-8")
    assert expected in refused(tmp_path, "server", "--port", "0", *options)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine " * 1000


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows has other rights")
def test_folder_that_may_not_be_written_is_told(tmp_path):
    """Who may not write gets the folder's name and the system's reason."""
    # Below /proc not even root may make a folder.
    said = refused(tmp_path, "ui", "--port", "0", "--backend-store-uri", "/proc/store")
    assert "/proc/store" in said


def test_script_learns_that_no_server_is_there(script):
    """An address where nobody listens ends the first call with a sentence that names it."""
    done = script(TRAIN, "http://127.0.0.1:9", MLFLOW_HTTP_REQUEST_MAX_RETRIES="1")
    assert done.code == 1
    last = done.err.strip().splitlines()[-1]
    assert last.startswith("epochal.errors.ConnectionLostError: No run can begin: http://127.0.")
    assert "EPOCHAL_OFFLINE=1" in last


LOG_WITH_MLFLOW = """
import sys, warnings
warnings.simplefilter("ignore")
import mlflow
for uri in sys.argv[1:]:
    mlflow.set_tracking_uri(uri)
    with mlflow.start_run():
        mlflow.log_metric("rmse", 1.0)
"""


def contents(folder):
    """Every file and its bytes."""
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.timeout(240)
def test_stores_of_mlflow_are_refused_and_left_as_they_are(script, tmp_path):
    """A database and a folder that MLflow made: one sentence each, and not one byte changed."""
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    uris = [f"sqlite:///{theirs}/mlflow.db", f"file://{theirs}/mlruns"]
    environ = clean_environment(MLFLOW_ALLOW_FILE_STORE="true")
    subprocess.run(
        [sys.executable, "-c", LOG_WITH_MLFLOW, *uris], cwd=theirs, env=environ, check=True
    )
    before = contents(theirs)
    assert len(before) > 3
    for uri in uris:
        said = refused(tmp_path, "ui", "--port", "0", "--backend-store-uri", uri)
        assert "of MLflow, not of Epochal" in said
        done = script(TRAIN, uri)
        assert done.code == 1
        assert "of MLflow, not of Epochal" in done.err.strip().splitlines()[-1]
    assert contents(theirs) == before


OUTSIDE = """
import sys
def watch(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.sendto"}:
        place = arguments[-1] if event == "socket.connect" else arguments[0]
        if isinstance(place, tuple) and place[0] in {"127.0.0.1", "::1"} or place == "127.0.0.1":
            return
        if isinstance(place, (str, bytes)) and event == "socket.connect":
            return  # a socket in the file system
        raise SystemExit(f"{event} {arguments} leaves this machine")
sys.addaudithook(watch)
"""


def test_nothing_is_sent_outside(script, tmp_path):
    """A script, alone and with a server, asks no other machine; nor does the server."""
    calls_home = "import socket\nsocket.create_connection(('192.0.2.1', 80), 1)"
    assert "leaves this machine" in script(OUTSIDE + calls_home).err
    alone = OUTSIDE + TRAIN
    assert script(alone).code == 0
    port = free_port()
    serve = OUTSIDE + (
        "import runpy\n"
        f"sys.argv = ['epochal', 'server', '--port', '{port}']\n"
        "runpy.run_module('epochal', run_name='__main__')\n"
    )
    (tmp_path / "serving").mkdir()
    with running_script(tmp_path / "serving", serve) as server:
        assert "Store" in server.stdout.readline()
        assert "Listening" in server.stdout.readline()
        done = script(alone, f"http://127.0.0.1:{port}")
        assert (done.code, done.err) == (0, "")
        assert server.poll() is None
        assert listed(f"http://127.0.0.1:{port}")
