"""A store of its own for each test that needs one."""

from fixtures.stores import store

__all__ = ["store"]
