from fixtures.stores import store

__all__ = ["store"]
