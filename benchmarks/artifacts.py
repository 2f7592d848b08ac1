"""Files through the artifact proxy and by each SDK: large, small, and the same ones again.

usage: artifacts.py [--mebibytes N] [--files N] [--mlflow PYTHON] [--docs]

Both servers are started on this machine on empty stores and answer the same plain HTTP client,
one after the other in one run, so that only the ratio between them is worth anything. MLflow's
server runs as its users start it, with its default number of workers.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import http.client
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from peers import environment, python_of
from report import DOCS

if TYPE_CHECKING:
    from collections.abc import Iterator

START, END = "<!-- artifacts -->\n", "<!-- /artifacts -->"
RESULTS = Path(__file__).parent / "results" / "artifacts.json"
ROUTE = "/api/2.0/mlflow-artifacts/artifacts"
MIB = 1 << 20
SMALL = 4096


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing, ours beside MLflow's; `ratio` is how many times better ours is."""

    name: str
    unit: str
    epochal: float
    mlflow: float | None
    target: float
    is_least: bool = True  # the target is the least ratio; else the most of ours by itself

    @property
    def reached(self) -> float:
        """What is compared with the target."""
        return self.epochal / self.mlflow if self.mlflow else self.epochal

    @property
    def is_met(self) -> bool:
        """Whether the target is reached."""
        return self.reached >= self.target if self.is_least else self.reached <= self.target


class Line:
    """One connection to one server, kept alive."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        self._line.connect()
        self._line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def put(self, path: str, body: bytes) -> None:
        self._line.request("PUT", f"{ROUTE}/{path}", body)
        self._answered()

    def put_file(self, path: str, file: Path) -> float:
        """Seconds that a PUT takes until it is acknowledged."""
        started = time.perf_counter()
        self._line.putrequest("PUT", f"{ROUTE}/{path}")
        self._line.putheader("Content-Length", str(file.stat().st_size))
        self._line.endheaders()
        with file.open("rb") as content:
            self._line.sock.sendfile(content)
        self._answered()
        return time.perf_counter() - started

    def offer(self, path: str, file: Path) -> float:
        """Seconds that it takes to be told that the file is there already; 0 by another server."""
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        asked = {"uri": f"mlflow-artifacts:/{path}", "size": file.stat().st_size, "sha256": digest}
        started = time.perf_counter()
        kind = {"Content-Type": "application/json"}
        self._line.request("POST", "/api/epochal/v1/artifacts/transfer", json.dumps(asked), kind)
        answer = self._line.getresponse()
        told = answer.read()
        if answer.status != 200:
            return 0.0
        assert json.loads(told) == {"state": "stored"}, told
        return time.perf_counter() - started

    def get(self, path: str) -> bytes:
        self._line.request("GET", f"{ROUTE}/{path}")
        return self._answered()

    def drain(self, path: str) -> tuple[float, int]:
        """Seconds that a GET takes, and how many bytes came."""
        started = time.perf_counter()
        self._line.request("GET", f"{ROUTE}/{path}")
        answer = self._line.getresponse()
        assert answer.status == 200, answer.read()
        buffer, size = bytearray(MIB), 0
        while count := answer.readinto(buffer):
            size += count
        return time.perf_counter() - started, size

    def close(self) -> None:
        self._line.close()

    def _answered(self) -> bytes:
        answer = self._line.getresponse()
        body = answer.read()
        assert answer.status == 200, body
        return body


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]
    folder: Path

    def resident_mib(self) -> float:
        """The highest resident memory so far of the largest of the server's processes."""
        return max(_peak_mib(pid) for pid in (self.process.pid, *_children(self.process.pid)))

    def stored_bytes(self) -> int:
        """Disk that all files of the store take, each inode once."""
        found = {}
        for place in self.folder.rglob("*"):
            with contextlib.suppress(FileNotFoundError):
                facts = place.lstat()
                found[facts.st_ino] = facts.st_blocks * 512
        return sum(found.values())


@contextlib.contextmanager
def running(name: str, python: str, folder: Path) -> Iterator[Server]:
    """Start a server on an empty store; stop it at the end of the block."""
    folder.mkdir()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [python, "-m", name, "server", "--port", str(port)]
    command += ["--backend-store-uri", f"sqlite:///{folder}/store.db"]
    command += ["--artifacts-destination", f"{folder}/artifacts"]
    kept = environment(ours=name == "epochal")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**kept, "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false", "DO_NOT_TRACK": "1"},
            stdout=log,
            stderr=log,
        )
    try:
        _wait(port, process, folder / "log")
        yield Server(port, process, folder)
    finally:
        process.terminate()
        process.wait(30)


def large(server: Server, file: Path, repeats: int) -> dict[str, float]:
    """MB/s up and down, growth of memory, and what the same bytes cost a second time."""
    line, size = Line(server.port), file.stat().st_size
    line.put("warm/up", b"x" * MIB)
    line.get("warm/up")
    before = server.resident_mib()
    first = line.put_file("big/0", file)
    again = line.put_file("big/again", file)
    bytes_before = server.stored_bytes()
    line.put_file("big/again2", file)
    new_bytes = server.stored_bytes() - bytes_before
    offered = line.offer("big/offered", file)
    ups = [first]
    for number in range(1, repeats):
        _stamp(file, number)
        ups.append(line.put_file("big/0", file))
    downs = [line.drain("big/0") for _ in range(repeats)]
    assert all(came == size for _, came in downs)
    line.close()
    return {
        "up": size / 1e6 / statistics.median(ups),
        "down": size / 1e6 / statistics.median(seconds for seconds, _ in downs),
        "memory": server.resident_mib() - before,
        "again": again / first,
        "offered": offered / first,
        "new_bytes": new_bytes / MIB,
    }


def small(server: Server, files: int) -> dict[str, float]:
    """Different files of 4 KiB a second over one connection."""
    line = Line(server.port)
    bodies = [hashlib.sha256(b"%d" % n).digest() * (SMALL // 32) for n in range(files)]
    started = time.perf_counter()
    for number, body in enumerate(bodies):
        line.put(f"small/{number % 10}/{number}", body)
    put_s = time.perf_counter() - started
    started, count = time.perf_counter(), 0
    while count < files and (count < 20 or time.perf_counter() - started < 10):
        assert line.get(f"small/{count % 10}/{count}") == bodies[count]
        count += 1
    get_s = time.perf_counter() - started
    line.close()
    return {"put": files / put_s, "get": count / get_s}


def by_sdk(name: str, python: str, server: Server, files: int, file: Path) -> dict[str, float]:
    """What each one's own SDK makes of the same server: see scripts/files.py."""
    _stamp(file, 77)  # bytes that this server has not seen
    script = Path(__file__).parent / "scripts" / "files.py"
    place = server.folder / "client"
    place.mkdir()
    done = subprocess.run(
        [python, script, name, f"http://127.0.0.1:{server.port}", place, str(files), file],
        env={
            **environment(ours=name == "epochal"),
            "XDG_STATE_HOME": str(place),
            "XDG_CACHE_HOME": str(place),
            "MLFLOW_DISABLE_TELEMETRY": "true",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{name}'s SDK failed:\n{done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def compare(file: Path, folder: Path, files: int, mlflow: str) -> list[Figure]:
    """All figures."""
    taken: dict[str, dict[str, float]] = {}
    for name, python in (("epochal", sys.executable), ("mlflow", mlflow)):
        with running(name, python, folder / name) as server:
            taken[name] = small(server, files if name == "epochal" else max(files // 5, 100))
            taken[name] |= large(server, file, 3)
            few = files if name == "epochal" else max(files // 5, 100)
            taken[name] |= by_sdk(name, python, server, few, file)
        subprocess.run(["rm", "-rf", str(folder / name)], check=True)
    ours, theirs = taken["epochal"], taken["mlflow"]
    size = f"{file.stat().st_size / MIB:g} MiB"
    return [
        Figure(f"{size} up", "MB/s", ours["up"], theirs["up"], 2.5),
        Figure(f"{size} down", "MB/s", ours["down"], theirs["down"], 4),
        Figure("4 KiB files, PUT on one line", "1/s", ours["put"], theirs["put"], 6),
        Figure("4 KiB files, GET on one line", "1/s", ours["get"], theirs["get"], 100),
        Figure("growth of the server's memory", "MiB", ours["memory"], None, 50, is_least=False),
        Figure(
            "the same again, by its digest", "share", ours["offered"], None, 0.15, is_least=False
        ),
        Figure("new bytes when sent again", "MiB", ours["new_bytes"], None, 0.1, is_least=False),
        Figure("SDK: 4 KiB files, log_artifacts", "1/s", ours["sdk_up"], theirs["sdk_up"], 8),
        Figure("SDK: 4 KiB files, download", "1/s", ours["sdk_down"], theirs["sdk_down"], 20),
        Figure(f"SDK: {size} up", "MB/s", ours["sdk_big_up"], theirs["sdk_big_up"], 2.5),
        Figure(f"SDK: {size} down", "MB/s", ours["sdk_big_down"], theirs["sdk_big_down"], 4),
        Figure("SDK: logged again, time", "share", ours["sdk_again"], None, 0.15, is_least=False),
    ]


def table(figures: list[Figure]) -> str:
    """The figures as people read them."""
    lines = [f"{'':<40}{'Epochal':>12}{'MLflow':>12}{'ratio':>8}{'target':>9}"]
    for figure in figures:
        theirs = f"{figure.mlflow:,.1f}" if figure.mlflow else "-"
        ratio = f"{figure.reached:.1f}" if figure.mlflow else "-"
        target = f"{'≥' if figure.is_least else '≤'} {figure.target:g}"
        lines.append(
            f"{f'{figure.name} ({figure.unit})':<40}{figure.epochal:>12,.1f}{theirs:>12}"
            f"{ratio:>8}{target:>9}  {'' if figure.is_met else 'MISSED'}"
        )
    return "\n".join(lines)


def write_docs(figures: list[Figure], facts: dict[str, object]) -> None:
    """Put the figures into the page of benchmarks."""
    rows = ["| | Epochal | MLflow | reached | aim | |", "|---|--:|--:|--:|--:|---|"]
    for figure in figures:
        theirs = f"{figure.mlflow:,.1f}" if figure.mlflow else ""
        reached = f"{figure.reached:,.1f} to 1" if figure.mlflow else f"{figure.reached:,.2f}"
        aim = f"{'≥' if figure.is_least else '≤'} {figure.target:g}"
        verdict = "reached" if figure.is_met else "MISSED"
        cells = (f"{figure.name} ({figure.unit})", f"{figure.epochal:,.1f}", theirs, reached, aim)
        rows.append(f"| {' | '.join((*cells, verdict))} |")
    told = ", ".join(f"{name} {value}" for name, value in facts.items())
    before, _, rest = DOCS.read_text(encoding="utf-8").partition(START)
    after = rest.partition(END)[2]
    page = (before, START, "\n".join(rows), f"\n\n({told})\n", END, after)
    DOCS.write_text("".join(page), encoding="utf-8")


def main() -> int:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--mebibytes", type=int, default=1024, help="size of the large file")
    parser.add_argument("--files", type=int, default=2000, help="how many small files")
    parser.add_argument("--mlflow", help="a Python that has MLflow; made when not named")
    parser.add_argument("--docs", action="store_true", help="write the table into the docs")
    given = parser.parse_args()
    mlflow = given.mlflow or python_of("mlflow")
    if mlflow is None:
        return 1
    facts: dict[str, object] = {
        "taken": datetime.now(UTC).isoformat(timespec="seconds"),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "load before": round(os.getloadavg()[0], 1),
    }
    with tempfile.TemporaryDirectory(dir=".") as folder:
        file = Path(folder).absolute() / "large"
        with file.open("wb") as content:
            for _ in range(given.mebibytes):
                content.write(os.urandom(MIB))
        figures = compare(file, file.parent, given.files, str(mlflow))
    print(table(figures))
    RESULTS.parent.mkdir(exist_ok=True)
    kept = {"machine": facts, "figures": [asdict(figure) for figure in figures]}
    RESULTS.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    if given.docs:
        write_docs(figures, facts)
    return not all(figure.is_met for figure in figures)


def _stamp(file: Path, number: int) -> None:
    """Make the file another one."""
    with file.open("r+b") as content:
        content.write(b"%d" % number)


def _peak_mib(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(child) for child in found]


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(1200):
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError):
            address = f"http://127.0.0.1:{port}/health"
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        time.sleep(0.1)
    sys.exit(f"The server did not start:\n{log.read_text(errors='replace')[-2000:]}")


if __name__ == "__main__":
    raise SystemExit(main())
