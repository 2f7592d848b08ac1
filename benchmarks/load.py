"""Requests over kept-alive connections, prebuilt, on raw sockets: the load of the benchmarks.

usage: load.py KIND PORT RUN_ID CONNECTIONS SECONDS [POINTS]

KIND is `metric` (`runs/log-metric`, one point each), `batch` (`runs/log-batch` of 1,000
metrics of one key, at most POINTS in all, their values from a
short list), `losses` (the same with a new float32 each, as frameworks compute losses), `noise`
(the same with random doubles), `wide` (the same of 1,000 keys) or `runs` (create a run, log 5
params, finish it; RUN_ID is then the experiment's). It runs in a process of its
own on uvloop and prints one line of JSON. Each connection has one request under way at a time.
"""

from __future__ import annotations

import asyncio
import json
import math
import random
import sys
import time
from dataclasses import dataclass, field
from struct import Struct
from typing import TYPE_CHECKING, cast

import uvloop

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    Requests = Generator[bytes, bytes, None]  # is sent the body of each answer

API = b"/api/2.0/mlflow/"
BATCH = 1_000
FIRST_STEP = 10_000_000  # steps are of one width, so that every body is equally long
CLOCK_MS = 1_700_000_000_000
_FLOAT32 = Struct("<f")


@dataclass
class Load:
    """What is to be sent, and what came of it."""

    kind: str
    port: int
    target: str
    stop_at: float
    left: float = math.inf  # requests that may still be sent
    latencies: list[float] = field(default_factory=list[float])
    steps: Iterator[int] = field(default_factory=lambda: iter(range(FIRST_STEP, 10**8)))

    def request(self, path: bytes, body: bytes) -> bytes:
        """A whole POST."""
        return (
            b"POST %s%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (API, path, self.port, len(body), body)
        )

    def is_over(self) -> bool:
        """Whether enough was sent, or long enough."""
        self.left -= 1
        return self.left <= 0 or time.perf_counter() >= self.stop_at


class Sender(asyncio.Protocol):
    """One connection: sends the next request as soon as the answer to the last is whole."""

    def __init__(self, load: Load, number: int) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._load = load
        self._requests = _REQUESTS[load.kind](load, number)
        self._received = b""
        self._sent_at = 0.0
        self._next: bytes | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.WriteTransport", transport)
        self._send(next(self._requests))

    def data_received(self, data: bytes) -> None:
        """Take a piece of an answer; when it is whole, go on."""
        self._received = received = self._received + data if self._received else data
        head = received.find(b"\r\n\r\n")
        if head < 0 or len(received) < head + 4 + _body_length(received[:head]):
            return
        self._received = b""
        self._load.latencies.append(time.perf_counter() - self._sent_at)
        if not received.startswith(b"HTTP/1.1 200"):
            self._end(RuntimeError(received[:2000].decode(errors="replace")))
        elif self._load.is_over():
            self._end()
        elif self._next is not None:
            self._send(self._next)
        else:
            self._send(self._requests.send(received[head + 4 :]))

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing that a server does here should break a line."""
        self._end(exc or ConnectionError("The server closed the connection"))

    def _send(self, request: bytes) -> None:
        self._sent_at = time.perf_counter()
        self._transport.write(request)
        if self._load.kind != "runs":  # the next is built while the server works on this one
            asyncio.get_running_loop().call_soon(self._prepare)

    def _prepare(self) -> None:
        self._next = next(self._requests)

    def _end(self, fault: Exception | None = None) -> None:
        if not self.done.done():
            if fault is None:
                self.done.set_result(None)
            else:
                self.done.set_exception(fault)
            self._transport.close()


def _body_length(head: bytes) -> int:
    """The Content-Length of an answer; the servers measured here all send one."""
    at = head.lower().find(b"content-length:")
    if at < 0:
        raise RuntimeError(f"An answer without Content-Length: {head!r}")
    return int(head[at + 15 :].split(b"\r\n", 1)[0])


def metric_requests(load: Load, number: int) -> Requests:
    """One point a request, each connection into a key of its own."""
    start = b'{"run_id":"%s","key":"m%d","value":0.5,"timestamp":' % (load.target.encode(), number)
    whole = load.request(b"runs/log-metric", start + b'%d,"step":%d}' % (CLOCK_MS, FIRST_STEP))
    head = whole[: whole.index(b"\r\n\r\n") + 4] + start
    for step in load.steps:
        yield head + b'%d,"step":%d}' % (CLOCK_MS + step - FIRST_STEP, step)


def batch_requests(load: Load, number: int) -> Requests:
    """A thousand points of one key a request; all connections share the steps."""
    random_values = random.Random(number)
    losses = [_loss(random_values) for _ in range(BATCH)]
    for block in load.steps:
        first = (block - FIRST_STEP) * BATCH
        if load.kind == "noise":
            losses = [_loss(random_values) for _ in range(BATCH)]
        elif load.kind == "losses":
            losses = [_float32_loss(random_values) for _ in range(BATCH)]
        metrics = ",".join(
            f'{{"key":"loss","value":{value},"timestamp":{CLOCK_MS + 4 * step},"step":{step}}}'
            for step, value in enumerate(losses, first)
        )
        body = f'{{"run_id":"{load.target}","metrics":[{metrics}]}}'
        yield load.request(b"runs/log-batch", body.encode())


def _loss(random_values: random.Random) -> str:
    return repr(random_values.gauss(0.5, 0.1))


def _float32_loss(random_values: random.Random) -> str:
    """What `float(loss)` gives of a float32: all 17 digits, of which 24 bits are its own."""
    return repr(_FLOAT32.unpack(_FLOAT32.pack(random_values.gauss(0.5, 0.1)))[0])


def wide_requests(load: Load, number: int) -> Requests:
    """A step of a thousand keys a request."""
    random_values = random.Random(number)
    for block in load.steps:
        step = block - FIRST_STEP
        metrics = ",".join(
            f'{{"key":"k{key}","value":{_loss(random_values)},'
            f'"timestamp":{CLOCK_MS + 4 * step},"step":{step}}}'
            for key in range(BATCH)
        )
        body = f'{{"run_id":"{load.target}","metrics":[{metrics}]}}'
        yield load.request(b"runs/log-batch", body.encode())


def run_requests(load: Load, number: int) -> Requests:
    """Create a run, log five params in one request, finish it; and again."""
    params = ",".join(f'{{"key":"p{n}","value":"{n}"}}' for n in range(5))
    create = f'{{"experiment_id":"{load.target}","start_time":{CLOCK_MS},"run_name":"r{number}"}}'
    while True:
        answer = yield load.request(b"runs/create", create.encode())
        run_id = json.loads(answer)["run"]["info"]["run_id"]
        body = f'{{"run_id":"{run_id}","params":[{params}]}}'
        yield load.request(b"runs/log-batch", body.encode())
        body = f'{{"run_id":"{run_id}","status":"FINISHED","end_time":{CLOCK_MS + 9}}}'
        yield load.request(b"runs/update", body.encode())


_REQUESTS = {
    "metric": metric_requests,
    "batch": batch_requests,
    "noise": batch_requests,
    "losses": batch_requests,
    "wide": wide_requests,
    "runs": run_requests,
}


async def send(load: Load, connections: int) -> float:
    """Send over so many connections at once; the seconds that it took."""
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    senders = [
        (await loop.create_connection(lambda n=n: Sender(load, n), "127.0.0.1", load.port))[1]
        for n in range(connections)
    ]
    await asyncio.gather(*(sender.done for sender in senders))
    return time.perf_counter() - started


def main() -> None:
    """Send, print what was reached."""
    kind, port, target, connections, seconds = sys.argv[1:6]
    load = Load(kind, int(port), target, time.perf_counter() + float(seconds))
    if len(sys.argv) > 6:
        load.left = int(sys.argv[6]) // BATCH
    taken = uvloop.run(send(load, int(connections)))
    count = len(load.latencies)
    latencies = sorted(load.latencies)
    cpu = time.process_time()
    found = {
        "requests": count,
        "seconds": taken,
        "rate": count / taken,
        "mean_ms": 1000 * sum(latencies) / count,
        "p99_ms": 1000 * latencies[int(count * 0.99)],
        "busy": cpu / taken,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
