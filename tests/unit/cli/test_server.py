"""`epochal server`."""

import http.client
import os
import signal
import socket
import subprocess
import sys

import pytest
from click.testing import CliRunner

from epochal.cli.main import epochal
from epochal.cli.server import Choices, check_prefix, choose_places
from epochal.errors import InvalidParameterError

DEFAULTS = {
    "backend_store_uri": None,
    "default_artifact_root": None,
    "serve_artifacts": True,
    "artifacts_destination": None,
    "artifact_root": (),
    "direct_transfers": True,
    "host": "127.0.0.1",
    "port": 0,
    "workers": 1,
    "static_prefix": "",
    "allowed_hosts": "",
    "cors_allowed_origins": "",
}


def choices(**given):
    return Choices(**{**DEFAULTS, **given})


def start(folder, *arguments):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MLFLOW", "EPOCHAL"))}
    command = [sys.executable, "-m", "epochal", "server", "-p", "0", *arguments]
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def fails(*arguments):
    done = CliRunner().invoke(epochal, ["server", *arguments])
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
    assert done.output.count("\n") == 1
    return done.output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_the_store_of_its_folder_until_it_is_told_to_stop(tmp_path, number):
    """The address is printed when it can be asked; a signal ends it in order."""
    (tmp_path / "below").mkdir()
    (tmp_path / ".epochal").mkdir()
    process = start(tmp_path / "below")
    lines = [process.stdout.readline() for _ in range(2)]
    assert str(tmp_path / ".epochal") in lines[0]
    port = int(lines[1].split("/")[2].rpartition(":")[2])
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.request("GET", "/health")
    assert line.getresponse().read() == b"OK"
    line.close()
    process.send_signal(number)
    _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, "")


def test_a_taken_port_is_one_line(tmp_path):
    """And the store is not touched."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = fails("-p", port, "--backend-store-uri", str(tmp_path / "store"))
    assert f"127.0.0.1:{port}" in told
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--backend-store-uri", "mysql://host/db"],
        ["--backend-store-uri", "sqlite:///"],
        ["--backend-store-uri", "sqlite:////nonexistent/folder/x.db"],
        ["--backend-store-uri", "/proc/none"],
        ["--static-prefix", "tracking"],
        ["--static-prefix", "/tracking/"],
        ["--allowed-hosts", "*.example"],
        ["--cors-allowed-origins", "*"],
        ["--default-artifact-root", "hdfs://host/folder"],
        ["--artifacts-destination", "ftp://host/folder"],
        ["--artifact-root", "https://host/folder"],
        ["--artifacts-destination", "s3://"],
    ],
)
def test_bad_options_are_one_line(arguments):
    """Exit status 1 and no traceback."""
    fails("-p", "0", *arguments)


def test_artifacts_pass_through_the_server_by_default():
    """Into the folder that is named, else the store's own."""
    assert choose_places(choices()).is_proxied
    chosen = choose_places(choices(artifacts_destination="/data"))
    assert (chosen.artifacts, chosen.is_proxied) == ("/data", True)
    root = choices(default_artifact_root="mlflow-artifacts:/", artifacts_destination="/data")
    assert choose_places(root) == chosen


def test_a_folder_as_root_is_opened_by_clients():
    """As with MLflow; so it is without serving."""
    chosen = choose_places(choices(default_artifact_root="file:///data/a%20b"))
    assert (chosen.artifacts, chosen.is_proxied) == ("/data/a b", False)
    assert not choose_places(choices(serve_artifacts=False)).is_proxied


def test_a_prefix_begins_and_does_not_end_with_a_slash():
    """Empty is none."""
    assert check_prefix("/a/b") == "/a/b"
    assert check_prefix("") == ""
    for bad in ("a", "/", "/a/"):
        with pytest.raises(InvalidParameterError):
            check_prefix(bad)
