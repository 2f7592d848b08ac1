"""Each file here is one endpoint, over real HTTP."""

from fixtures.api import api, experiment, run, server, start_server
from fixtures.datasets import keeper, name

__all__ = ["api", "experiment", "keeper", "name", "run", "server", "start_server"]
