"""How many requests a second the server acknowledges, each of them durable.

usage: server_log.py [SECONDS]

Starts a server on a fresh store and sends `runs/log-metric` over 1, 16 and 64 connections
that are kept alive. The client shares the machine with the server, so on two cores the
server gets about one.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

JSON = {"Content-Type": "application/json"}


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        command = [sys.executable, "-m", "epochal", "server", "-p", "0"]
        server = subprocess.Popen(
            [*command, "--backend-store-uri", folder], stdout=subprocess.PIPE, text=True
        )
        try:
            port = _port(server)
            print(f"ready after {time.perf_counter() - started:.2f} s")
            run_id = _new_run(port)
            for connections in (1, 16, 64):
                before = _cpu_s(server.pid)
                rate, p99 = asyncio.run(_load(port, run_id, connections, seconds))
                cpu_us = (_cpu_s(server.pid) - before) / (rate * seconds) * 1e6
                print(
                    f"{connections:3} connections: {rate:8,.0f} requests/s, p99 {p99:.1f} ms, "
                    f"{cpu_us:.0f} µs of the server's processor each"
                )
        finally:
            server.terminate()
            server.wait(20)


def _port(server: subprocess.Popen[str]) -> int:
    assert server.stdout is not None
    for line in server.stdout:
        if line.startswith("Listening at "):
            return int(line.split("/")[2].rpartition(":")[2])
    raise SystemExit("the server did not start")


def _cpu_s(process: int) -> float:
    """Processor seconds that a process has used; what others do on the machine is not in it."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2]
    except OSError:  # no Linux
        return 0.0
    return sum(map(int, fields.split()[11:13])) / os.sysconf("SC_CLK_TCK")


def _new_run(port: int) -> str:
    line = http.client.HTTPConnection("127.0.0.1", port)
    line.request("POST", "/api/2.0/mlflow/runs/create", '{"experiment_id": "0"}', JSON)
    return json.loads(line.getresponse().read())["run"]["info"]["run_id"]


async def _load(port: int, run_id: str, connections: int, seconds: float) -> tuple[float, float]:
    latencies: list[float] = []
    stop_at = time.perf_counter() + seconds
    senders = (_send(port, run_id, number, stop_at, latencies) for number in range(connections))
    await asyncio.gather(*senders)
    latencies.sort()
    return len(latencies) / seconds, latencies[int(len(latencies) * 0.99)] * 1000


async def _send(
    port: int, run_id: str, number: int, stop_at: float, latencies: list[float]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    step = 0
    while (before := time.perf_counter()) < stop_at:
        point = {"run_id": run_id, "key": f"m{number}", "value": 0.5, "step": step}
        body = json.dumps(point | {"timestamp": 1_700_000_000_000 + step}).encode()
        head = (
            f"POST /api/2.0/mlflow/runs/log-metric HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 200"), answer
        assert await reader.readexactly(2) == b"{}"
        latencies.append(time.perf_counter() - before)
        step += 1
    writer.close()
    await writer.wait_closed()


if __name__ == "__main__":
    main()
