"""Each file here is one endpoint, over real HTTP."""

from fixtures.api import api, experiment, run, s3_api, s3_environment, server, start_server
from fixtures.datasets import keeper, name
from fixtures.registry import model, registry

__all__ = [
    "api",
    "experiment",
    "keeper",
    "model",
    "name",
    "registry",
    "run",
    "s3_api",
    "s3_environment",
    "server",
    "start_server",
]
