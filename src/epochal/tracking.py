"""The client and the tracking URI, where scripts written for MLflow look for them."""

from epochal.client.mlflow_client import MlflowClient
from epochal.client.tracking_uri import get_tracking_uri, is_tracking_uri_set, set_tracking_uri

__all__ = ["MlflowClient", "get_tracking_uri", "is_tracking_uri_set", "set_tracking_uri"]
