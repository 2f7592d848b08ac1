"""The genuine client sends and fetches large files past our server, as its protocol has it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fixtures.servers import clean_environment, epochal_server

SCRIPT = Path(__file__).parent / "past_server.py"
FEW_MIB = {
    "MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE": str(5 << 20),
    "MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE": str(6 << 20),
    "MLFLOW_MULTIPART_DOWNLOAD_CHUNK_SIZE": str(4 << 20),
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
}
FORCED = {
    "MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD": "true",
    "MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD": "true",
}


@pytest.fixture(params=["s3", "folder"])
def address(request, moto, tmp_path, monkeypatch):
    """A server that keeps artifacts in S3, or in a folder; clients have no keys."""
    for name, value in moto.environment.items():
        monkeypatch.setenv(name, value)
    place = moto.new_uri() if request.param == "s3" else str(tmp_path / "artifacts")
    arguments = ("--backend-store-uri", f"sqlite:///{tmp_path}/x.db")
    arguments += ("--artifacts-destination", place)
    with epochal_server(tmp_path / "server", arguments=arguments) as started:
        yield request.param, started


@pytest.mark.parametrize("forced", [{}, FORCED], ids=["as told", "forced"])
def test_large_files_go_past_the_server_where_they_can(address, forced, tmp_path):
    """By what the server says of itself, or forced; on a folder the client falls back."""
    kind, server = address
    environment = clean_environment(MLFLOW_TRACKING_URI=server, **FEW_MIB, **forced)
    keyless = {k: v for k, v in environment.items() if not k.startswith("AWS_")}
    command = [sys.executable, str(SCRIPT), str(tmp_path)]
    done = subprocess.run(
        command,
        env=keyless,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["is_same"]
    assert told["text"] == "small"
    assert told["listed"] == ["models", "notes"]
    past = [line for line in told["asked"] if not line.partition(" ")[2].startswith(server)]
    if kind == "s3":
        assert [line for line in past if line.startswith("PUT")]
        assert [line for line in past if line.startswith("GET")]
        assert not [
            line
            for line in told["asked"]
            if "mlflow-artifacts/artifacts/0" in line and line.endswith("big.bin")
        ]
    else:
        assert past == []
