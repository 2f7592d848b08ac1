"""Listening at an address."""

import socket

import pytest

from epochal.server.listener import AddressError, bind


def test_a_free_port_is_found():
    """Port 0 takes any."""
    with bind("127.0.0.1", 0) as bound:
        assert bound.getsockname()[1] > 0


def test_a_taken_port_is_refused_with_its_number():
    """And what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressError, match=rf"127\.0\.0\.1:{port}.*--port"):
            bind("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "256.1.1.1", "no host"])
def test_a_host_that_is_not_this_machines_is_refused(host):
    """In one line."""
    with pytest.raises(AddressError, match="Cannot listen"):
        bind(host, 0)
