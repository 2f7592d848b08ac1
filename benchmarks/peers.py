"""What we are measured beside: each in an environment of its own, each server on a free port.

The environments lie in `.cache/peers` and are made on first use. What does not install is
left out of the table, with a line that says so.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CACHE = Path(__file__).parent.parent / ".cache" / "peers"
REQUIREMENTS = {
    "mlflow": ["mlflow==3.17.2", "psycopg[binary]"],
    "fasttrackml": ["fasttrackml"],
    "wandb": ["wandb"],
    "trackio": ["trackio"],
    "tensorboard": ["tensorboardX"],
}
READY_S = 300  # MLflow makes its schema, starts workers and loads all it has, on a busy machine
POSTGRESQL_SETTINGS = "-c listen_addresses=127.0.0.1 -c shared_buffers=128MB"


@dataclass(frozen=True, slots=True)
class Serving:
    """A running server and how to look at it."""

    port: int
    process: int

    def resident_mib(self) -> float:
        """Resident memory of the server and all its children, in MiB."""
        return sum(map(_resident_kib, _family(self.process))) / 1024


def python_of(peer: str) -> Path | None:
    """The interpreter of a peer's environment, made when missing; None if it cannot be."""
    folder = CACHE / peer
    python = folder / "bin" / "python"
    if (folder / ".ready").exists():
        return python
    print(f"installing {' '.join(REQUIREMENTS[peer])}", file=sys.stderr)
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if uv is None:
        return _left_out(peer, "uv is missing")
    for command in (
        [uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(folder)],
        [uv, "pip", "install", "--quiet", "--python", str(python), *REQUIREMENTS[peer]],
    ):
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
        if done.returncode:
            return _left_out(peer, done.stderr.strip()[-500:])
    (folder / ".ready").touch()
    return python


def _left_out(peer: str, reason: str) -> None:
    print(f"{peer} is left out: {reason}", file=sys.stderr)


def environment(*, ours: bool = False) -> dict[str, str]:
    """The environment without what would redirect a client; our own path only for us."""
    drop = ("MLFLOW_", "EPOCHAL_", "WANDB_", "PYTHONPATH")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(drop)}
    if ours:  # this very checkout, installed or not
        kept["PYTHONPATH"] = str(CACHE.parent.parent / "src")
    quiet = {"MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true", "HF_HUB_OFFLINE": "1"}
    return {**kept, **quiet, "GIT_PYTHON_REFRESH": "quiet"}


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def epochal_command(port: int, store: str) -> list[str]:
    """Our server as users start it."""
    command = [sys.executable, "-m", "epochal", "server", "--port", str(port)]
    return [*command, "--backend-store-uri", store]


def mlflow_command(port: int, store: str, *more: str) -> list[str]:
    """MLflow's server, with as many workers as it starts by itself unless `more` says."""
    command = [str(CACHE / "mlflow/bin/python"), "-m", "mlflow", "server", "--port", str(port)]
    return [*command, "--backend-store-uri", store, *more]


def fasttrackml_command(port: int, store: str) -> list[str]:
    """FastTrackML's own binary, which is in its wheel."""
    command = [str(CACHE / "fasttrackml/bin/fml"), "server", "-l", "error"]
    return [*command, "--listen-address", f"127.0.0.1:{port}", "--database-uri", store]


@contextlib.contextmanager
def serving(command: list[str], port: int, path: str, folder: Path) -> Iterator[Serving]:
    """Run a server until the end of the block, from the first 200 on `path`."""
    log = folder / "server.log"
    is_ours = command[0] == sys.executable
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, stdout=output, stderr=output, env=environment(ours=is_ours)
        )
    try:
        _wait_until_ready(process, f"http://127.0.0.1:{port}{path}", log)
        yield Serving(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.05)
    raise RuntimeError(f"The server did not start:\n{log.read_text(errors='replace')[-3000:]}")


def _family(process: int) -> list[int]:
    """A process and all that descend from it."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            parents[int(folder.name)] = int(fields[1])
    found = [process]
    for member in found:  # grows while it is walked
        found += [child for child, parent in parents.items() if parent == member]
    return found


def _resident_kib(process: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    return 0


@contextlib.contextmanager
def postgresql() -> Iterator[str | None]:
    """A new PostgreSQL with its defaults, `fsync` included; the URL up to the database's name.

    None when it is not installed.
    """
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = ":".join(map(str, programs)) + ":" + os.environ["PATH"]
    if shutil.which("initdb", path=path) is None:
        print("PostgreSQL is left out: initdb is missing", file=sys.stderr)
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="epochal-bench-"))
    account = _account()
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)
    port, data = free_port(), str(folder / "data")

    def call(program: str, *arguments: str) -> None:
        found = shutil.which(program, path=path) or program
        who = {} if account is None else {"user": account.pw_uid, "group": account.pw_gid}
        subprocess.run(
            [found, *arguments],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
            **({**who, "extra_groups": []} if who else {}),
        )

    call("initdb", "-U", "epochal", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "-D", data)
    options = f"{POSTGRESQL_SETTINGS} -c port={port} -c unix_socket_directories={folder}"
    call("pg_ctl", "start", "-w", "-D", data, "-l", str(folder / "log"), "-o", options)
    try:
        for name in ("epochal", "mlflow"):
            call("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "epochal", f"bench_{name}")
        yield f"postgresql://epochal@127.0.0.1:{port}/bench_"
    finally:
        call("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)
        shutil.rmtree(folder, ignore_errors=True)


def new_database(url: str, name: str) -> str:
    """The URL of an empty database of a server that `postgresql` started."""
    import psycopg

    with psycopg.connect(f"{url}epochal", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE bench_{name}")
    return f"{url}{name}"


def _account() -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as, since it refuses to be root; None if we are not root."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("PostgreSQL refuses to run as root, and there is no other user")
