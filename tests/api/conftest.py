"""Each file here is one endpoint, over real HTTP."""

from fixtures.api import api, experiment, run, s3_api, s3_environment, server, start_server
from fixtures.datasets import keeper, name

__all__ = [
    "api",
    "experiment",
    "keeper",
    "name",
    "run",
    "s3_api",
    "s3_environment",
    "server",
    "start_server",
]
