"""Every answer leaves in one write: on a kept-alive line a second one would wait for 40 ms."""

import json
import socket
import struct
import sys

import pytest

ASKED = 50
POSTS = {
    "runs/log-metric": {"key": "m", "value": 1, "timestamp": 1},
    "runs/log-batch": {"metrics": [{"key": "m", "value": 1, "timestamp": 1, "step": 1}]},
    "runs/update": {"run_name": "one"},
    "runs/search": {"experiment_ids": ["0"]},
    "runs/nothing": {},
}
SEGMENTS_RECEIVED = slice(152, 156)  # tcpi_data_segs_in, where struct tcp_info has it


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts what a line received")
@pytest.mark.parametrize("path", POSTS)
def test_head_and_body_are_one_segment(api, run, path):
    """Whether it succeeds or not, however often on one connection."""
    body = json.dumps({"run_id": run, **POSTS[path]})
    head = f"POST /api/2.0/mlflow/{path} HTTP/1.1\r\nHost: localhost\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", api.port), timeout=10) as line:
        for _ in range(ASKED):
            line.sendall((head + body).encode())
            _read_answer(line)
        counts = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 192)
    assert struct.unpack("I", counts[SEGMENTS_RECEIVED]) == (ASKED,)


def _read_answer(line):
    received = b""
    while True:
        received += line.recv(65_536)
        fields, separator, content = received.partition(b"\r\n\r\n")
        if separator and f"content-length: {len(content)}".encode() in fields.lower():
            return
