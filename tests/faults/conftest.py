from fixtures.scripts import script

__all__ = ["script"]
