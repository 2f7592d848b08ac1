"""Each file here is one endpoint, over real HTTP."""

from fixtures.api import api, experiment, run, server, start_server

__all__ = ["api", "experiment", "run", "server", "start_server"]
