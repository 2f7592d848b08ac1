"""GET /api/epochal/v1/about."""

from epochal.wire.server_info import decode_about


def test_it_names_the_product(api):
    """Our client recognises our server by it."""
    about = decode_about(api.get("about", "/api/epochal/v1/").body)
    assert about.product == "epochal"
    assert about.max_log_bytes > 1_000_000
