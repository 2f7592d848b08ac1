"""Epochal: an experiment tracker and model registry that replaces MLflow without a change."""

from epochal import artifacts, data, entities, exceptions, tracking
from epochal.client.mlflow_client import MlflowClient
from epochal.client.registry_uri import get_registry_uri, set_registry_uri
from epochal.client.tracking_uri import get_tracking_uri, is_tracking_uri_set, set_tracking_uri
from epochal.exceptions import MlflowException
from epochal.fluent.active import (
    ActiveRun,
    active_run,
    end_run,
    last_active_run,
    start_run,
)
from epochal.fluent.artifacts import (
    get_artifact_uri,
    load_table,
    log_artifact,
    log_artifacts,
    log_dict,
    log_figure,
    log_image,
    log_stream,
    log_table,
    log_text,
)
from epochal.fluent.datasets import (
    dataset_lineage,
    delete_dataset,
    get_dataset,
    list_dataset_versions,
    list_datasets,
    load_dataset,
    log_dataset,
)
from epochal.fluent.doctor import doctor
from epochal.fluent.experiments import (
    create_experiment,
    delete_experiment,
    delete_experiment_tag,
    get_experiment,
    get_experiment_by_name,
    restore_experiment,
    search_experiments,
    set_experiment,
    set_experiment_tag,
    set_experiment_tags,
)
from epochal.fluent.histories import MetricArrays, get_metric_arrays, get_metric_history_df
from epochal.fluent.inputs import log_input, log_inputs
from epochal.fluent.logging import (
    delete_tag,
    flush_artifact_async_logging,
    flush_async_logging,
    log_metric,
    log_metrics,
    log_param,
    log_params,
    set_tag,
    set_tags,
)
from epochal.fluent.registry import (
    register_model,
    search_model_versions,
    search_registered_models,
    set_model_version_tag,
)
from epochal.fluent.runs import (
    count_runs,
    delete_metric,
    delete_run,
    distinct_values,
    get_parent_run,
    get_run,
    group_runs,
    restore_run,
    rewind_run,
    search_runs,
)
from epochal.fluent.status import logging_status

__version__ = "0.1.0"
__all__ = [
    "ActiveRun", "MetricArrays", "MlflowClient", "MlflowException", "active_run", "artifacts",
    "count_runs", "create_experiment", "data", "dataset_lineage", "delete_dataset",
    "delete_experiment", "delete_experiment_tag", "delete_metric", "delete_run", "delete_tag",
    "distinct_values", "doctor", "end_run", "entities", "exceptions",
    "flush_artifact_async_logging", "flush_async_logging", "get_artifact_uri", "get_dataset",
    "get_experiment", "get_experiment_by_name", "get_metric_arrays", "get_metric_history_df",
    "get_parent_run", "get_registry_uri", "get_run", "get_tracking_uri", "group_runs",
    "is_tracking_uri_set", "last_active_run", "list_dataset_versions", "list_datasets",
    "load_dataset", "load_table", "log_artifact", "log_artifacts", "log_dataset", "log_dict",
    "log_figure", "log_image", "log_input", "log_inputs", "log_metric", "log_metrics",
    "log_param", "log_params", "log_stream", "log_table", "log_text", "logging_status",
    "register_model", "restore_experiment", "restore_run", "rewind_run", "search_experiments",
    "search_model_versions", "search_registered_models", "search_runs", "set_experiment",
    "set_experiment_tag", "set_experiment_tags", "set_model_version_tag", "set_registry_uri",
    "set_tag", "set_tags", "set_tracking_uri", "start_run", "tracking",
]  # fmt: skip
