"""Page tokens are opaque, bound to their search, and checked before the database sees them."""

from __future__ import annotations

import base64
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epochal.errors import InvalidParameterError
from epochal.sql.page_tokens import Position, decode, encode, fingerprint

TYPES = [["number", "text"], ["integer"]]
_FLOATS = st.floats(allow_nan=False) | st.sampled_from([math.inf, -math.inf])
_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@given(st.none() | _FLOATS, st.none() | _TEXTS)
def test_a_token_means_the_position_it_was_made_of(number, text):
    """Doubles come back to the last bit, infinities and missing values too."""
    position = Position(0, (number, text))
    assert decode(encode(position, "search"), "search", TYPES) == position


@pytest.mark.parametrize("token", [None, ""])
def test_no_token_means_the_first_page(token):
    """An absent token and an empty one are no position."""
    assert decode(token, "search", TYPES) is None


def forged(*items):
    return base64.urlsafe_b64encode(json.dumps(items).encode()).decode()


@pytest.mark.parametrize(
    "token",
    [
        "rubbish",
        "!!!",
        "é",
        "AAAA",
        base64.b64encode(b'{"offset": 10}').decode(),
        base64.b64encode(b"[" * 100_000).decode(),
        forged(),
        forged("search"),
        forged("search", 2, 1),
        forged("search", -1, 1),
        forged("search", True, 1),
        forged("search", "0", 1.0, "x"),
        forged("search", 0, 1.0),
        forged("search", 0, "x", "x"),
        forged("search", 0, 1.0, 2),
        forged("search", 0, 1.0, "\x00"),
        forged("search", 0, 1.0, "\ud800"),
        forged("search", 1, 1.5),
        forged("search", 1, 2**63),
        forged("search", 1, True),
        forged("search", 1, [1]),
        "A" * 2_000_000,
    ],
)
def test_rubbish_is_refused(token):
    """No forged value reaches a comparison it does not fit."""
    with pytest.raises(InvalidParameterError, match="Invalid page token, "):
        decode(token, "search", TYPES)


def test_a_token_of_another_search_is_refused():
    """Its values would mean nothing in another order."""
    token = encode(Position(1, (5,)), fingerprint("a"))
    with pytest.raises(InvalidParameterError, match="Invalid page token, it belongs to another"):
        decode(token, fingerprint("b"), TYPES)
