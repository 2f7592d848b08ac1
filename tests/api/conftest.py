"""Each file here is one endpoint, over real HTTP."""

from fixtures.api import api, experiment, run, s3_api, s3_environment, server, start_server

__all__ = ["api", "experiment", "run", "s3_api", "s3_environment", "server", "start_server"]
