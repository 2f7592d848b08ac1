"""What a request says of the digest of its body."""

import pytest

from epochal.errors import InvalidParameterError
from epochal.server.uploads import announced_digest
from fixtures.exchanges import Line, exchange

EMPTY = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


@pytest.mark.parametrize(
    "told", [f"sha-256=:{EMPTY}:", f"md5=:AAAA:, sha-256=:{EMPTY}:", f"a=1,sha-256=:{EMPTY}:,b"]
)
def test_a_sha256_is_found_among_others(told):
    """As RFC 9530 lists them."""
    for header in ("Content-Digest", "Repr-Digest"):
        digest = announced_digest(exchange(Line(), headers={header: told}))
        assert digest is not None
        assert digest.startswith("e3b0c442")


def test_nobody_has_to_know_all_algorithms():
    """Others are as none."""
    assert announced_digest(exchange(Line(), headers={"Content-Digest": "md5=:AAAA:"})) is None
    assert announced_digest(exchange(Line())) is None


@pytest.mark.parametrize("told", ["sha-256=:AAAA:", "sha-256=:A:"])
def test_what_is_no_sha256_is_refused(told):
    """Rather than ignored: the client meant to be protected."""
    with pytest.raises(InvalidParameterError, match="SHA-256"):
        announced_digest(exchange(Line(), headers={"Content-Digest": told}))
