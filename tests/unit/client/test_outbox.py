"""What is shown and kept of an address."""

from __future__ import annotations

import pytest

from epochal.client.outbox import without_password


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("http://ada:secret@host:5000/x", "http://ada@host:5000/x"),
        ("postgresql://ada:se@cret@host/db", "postgresql://ada@host/db"),
        ("postgresql://host/db", "postgresql://host/db"),
        ("sqlite:////tmp/a@b.db", "sqlite:////tmp/a@b.db"),
        ("/plain/a@b:c", "/plain/a@b:c"),
    ],
)
def test_passwords_are_neither_shown_nor_kept(given, shown):
    """Messages and the journal's owner file name the store without its password."""
    assert without_password(given) == shown
