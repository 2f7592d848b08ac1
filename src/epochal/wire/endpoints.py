"""The table of everything the server answers. Dispatch, docs and the security test walk it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from epochal.wire import (
    artifacts,
    datasets,
    experiments,
    fields,
    logged_models,
    logging,
    metrics,
    registry,
    runs,
    search,
    tables,
    views,
    writers,
)

if TYPE_CHECKING:
    from epochal.entities.user import Permission
    from epochal.wire.decoding import Message

BodyKind = Literal["none", "json", "packed", "raw"]
"""What a body may be: absent, JSON, JSON or MessagePack, or the bytes of a file."""

KIB, MIB = 1024, 1024 * 1024
JSON_LIMIT = 4 * MIB
BATCH_LIMIT = 32 * MIB  # 1,000 items, each of them at most 8,000 characters
INPUTS_LIMIT = 64 * MIB  # a dataset's profile alone may have 16 million characters
LOG_LIMIT = 64 * MIB
UPLOAD_LIMIT = 10 * MIB
BUNDLE_LIMIT = 9 * MIB  # 8 of content, and their paths
CHUNKS_LIMIT = 64 * MIB  # chunks of a dataset in one request
UNLIMITED = None  # streams to the store piece by piece

MLFLOW_2 = ("/api/2.0/mlflow/", "/ajax-api/2.0/mlflow/")
MLFLOW_3 = ("/api/3.0/mlflow/", "/ajax-api/3.0/mlflow/")
PROXY = ("/api/2.0/mlflow-artifacts/", "/ajax-api/2.0/mlflow-artifacts/")
PAGES_ONLY = ("/ajax-api/2.0/mlflow/",)
BARE = ("/",)
OURS = ("/api/epochal/v1/",)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One thing that can be asked, at one path below each of its prefixes.

    A path ending in `/{path}` takes whatever follows, slashes included.
    """

    name: str
    methods: tuple[str, ...]
    path: str
    prefixes: tuple[str, ...]
    permission: Permission
    message: type[Message] | None = None
    body: BodyKind = "none"
    limit_bytes: int | None = JSON_LIMIT

    @property
    def paths(self) -> tuple[str, ...]:
        """Every full path, without the static prefix that a server may be set to."""
        return tuple(prefix + self.path for prefix in self.prefixes)

    @property
    def changes_state(self) -> bool:
        """Whether it may write: then the request must come from our own pages or no page."""
        return self.permission not in {"public", "read"}


def _get(
    name: str,
    message: type[Message] | None,
    prefixes: tuple[str, ...] = MLFLOW_2,
    permission: Permission = "read",
) -> Endpoint:
    return Endpoint(name, ("GET",), name, prefixes, permission, message)


def _post(
    name: str,
    message: type[Message],
    permission: Permission = "edit",
    limit_bytes: int = JSON_LIMIT,
) -> Endpoint:
    return Endpoint(name, ("POST",), name, MLFLOW_2, permission, message, "json", limit_bytes)


def _with_body(
    method: str, name: str, message: type[Message], permission: Permission = "edit"
) -> Endpoint:
    return Endpoint(name, (method,), name, MLFLOW_2, permission, message, "json")


def _ours(
    name: str,
    message: type[Message],
    permission: Permission = "edit",
    limit_bytes: int = JSON_LIMIT,
) -> Endpoint:
    return Endpoint(name, ("POST",), name, OURS, permission, message, "json", limit_bytes)


_EXPERIMENTS = (
    _post("experiments/create", experiments.CreateExperiment),
    _get("experiments/get", experiments.ExperimentId),
    _get("experiments/get-by-name", experiments.GetExperimentByName),
    Endpoint(
        "experiments/search",
        ("GET", "POST"),
        "experiments/search",
        MLFLOW_2,
        "read",
        experiments.SearchExperiments,
        "json",
    ),
    _post("experiments/delete", experiments.ExperimentId, "manage"),
    _post("experiments/restore", experiments.ExperimentId, "manage"),
    _post("experiments/update", experiments.UpdateExperiment),
    _post("experiments/set-experiment-tag", experiments.SetExperimentTag),
    _post("experiments/delete-experiment-tag", experiments.DeleteExperimentTag),
    Endpoint(
        "experiments/search-datasets",
        ("POST",),
        "experiments/search-datasets",
        PAGES_ONLY,
        "read",
        experiments.SearchDatasets,
        "json",
    ),
)

_RUNS = (
    _post("runs/create", runs.CreateRun),
    _get("runs/get", runs.RunId),
    _post("runs/update", runs.UpdateRun),
    _post("runs/delete", runs.RunId, "manage"),
    _post("runs/restore", runs.RunId, "manage"),
    _post("runs/search", runs.SearchRuns, "read"),
    _post("runs/log-metric", logging.LogMetric),
    _post("runs/log-parameter", logging.LogParam),
    _post("runs/set-tag", logging.SetTag),
    _post("runs/delete-tag", runs.DeleteTag),
    _post("runs/log-batch", logging.LogBatch, limit_bytes=BATCH_LIMIT),
    _post("runs/log-inputs", runs.LogInputs, limit_bytes=INPUTS_LIMIT),
    _post("runs/log-model", runs.LogModel, limit_bytes=BATCH_LIMIT),
)

# MLflow 3's client looks for models whenever it lists a folder of artifacts.
_LOGGED_MODELS = (_post("logged-models/search", logged_models.SearchLoggedModels, "read"),)

_REGISTRY = (
    _post("registered-models/create", registry.CreateModel),
    _get("registered-models/get", registry.ModelName),
    _post("registered-models/rename", registry.RenameModel),
    _with_body("PATCH", "registered-models/update", registry.UpdateModel),
    _with_body("DELETE", "registered-models/delete", registry.ModelName, "manage"),
    _get("registered-models/search", registry.SearchModels),
    Endpoint(
        "registered-models/get-latest-versions",
        ("GET", "POST"),
        "registered-models/get-latest-versions",
        MLFLOW_2,
        "read",
        registry.LatestVersions,
        "json",
    ),
    _post("registered-models/set-tag", registry.SetModelTag),
    _with_body("DELETE", "registered-models/delete-tag", registry.DeleteModelTag),
    _post("registered-models/alias", registry.SetAlias),
    replace(_get("registered-models/get-alias", registry.Alias), path="registered-models/alias"),
    replace(
        _with_body("DELETE", "registered-models/delete-alias", registry.Alias),
        path="registered-models/alias",
    ),
    _post("model-versions/create", registry.CreateVersion),
    _get("model-versions/get", registry.Version),
    _with_body("PATCH", "model-versions/update", registry.UpdateVersion),
    _with_body("DELETE", "model-versions/delete", registry.Version, "manage"),
    _get("model-versions/search", registry.SearchVersions),
    _get("model-versions/get-download-uri", registry.Version),
    _post("model-versions/transition-stage", registry.TransitionStage),
    _post("model-versions/set-tag", registry.SetVersionTag),
    _with_body("DELETE", "model-versions/delete-tag", registry.DeleteVersionTag),
)

_METRICS = (
    _get("metrics/get-history", metrics.GetHistory),
    _get("metrics/get-history-bulk", metrics.GetHistories, PAGES_ONLY),
    _get("metrics/get-history-bulk-interval", metrics.SampleHistories),
)

_ARTIFACTS = (
    _get("artifacts/list", artifacts.ListArtifacts),
    _get("get-artifact", artifacts.RunFile, BARE),
    Endpoint(
        "upload-artifact",
        ("POST",),
        "upload-artifact",
        PAGES_ONLY,
        "edit",
        artifacts.RunFile,
        "raw",
        UPLOAD_LIMIT,
    ),
    Endpoint(
        "artifacts/presigned-upload-url",
        ("POST",),
        "artifacts/presigned-upload-url",
        MLFLOW_2,
        "edit",
        artifacts.SignUpload,
        "json",
    ),
    Endpoint(
        "artifacts/presigned-download-url",
        ("POST",),
        "artifacts/presigned-download-url",
        MLFLOW_2,
        "read",
        artifacts.SignDownload,
        "json",
    ),
    _ours("artifacts/transfer", artifacts.OfferFile),
    Endpoint(
        "artifacts/transfer/complete",
        ("POST",),
        "artifacts/transfer/complete",
        OURS,
        "edit",
        body="json",
    ),
    Endpoint("artifacts/archive", ("GET",), "artifacts/archive", OURS, "read"),
    Endpoint("artifacts/page", ("GET",), "artifacts/page", OURS, "read"),
    Endpoint(
        "artifacts/upload",
        ("PUT",),
        "artifacts/file",
        OURS,
        "edit",
        body="raw",
        limit_bytes=UNLIMITED,
    ),
    _ours("artifacts/delete", artifacts.DeleteFile, "manage"),
)

_PROXY = (
    Endpoint("proxy/list", ("GET",), "artifacts", PROXY, "read", artifacts.ListRoot),
    Endpoint("proxy/download", ("GET",), "artifacts/{path}", PROXY, "read"),
    Endpoint(
        "proxy/upload",
        ("PUT",),
        "artifacts/{path}",
        PROXY,
        "edit",
        body="raw",
        limit_bytes=UNLIMITED,
    ),
    Endpoint("proxy/delete", ("DELETE",), "artifacts/{path}", PROXY, "manage"),
    Endpoint("proxy/mpu-create", ("POST",), "mpu/create/{path}", PROXY, "edit", body="json"),
    Endpoint("proxy/mpu-complete", ("POST",), "mpu/complete/{path}", PROXY, "edit", body="json"),
    Endpoint("proxy/mpu-abort", ("POST",), "mpu/abort/{path}", PROXY, "edit", body="json"),
    Endpoint("proxy/presigned", ("GET",), "presigned/{path}", PROXY, "read"),
)

_SERVER = (
    _get("health", None, BARE, "public"),
    _get("version", None, BARE, "public"),
    _get("server-info", None, MLFLOW_3, "public"),
)

_OURS = (
    Endpoint("about", ("GET",), "about", OURS, "public"),
    Endpoint("log", ("POST",), "log", OURS, "edit", logging.Batch, "packed", LOG_LIMIT),
    Endpoint(
        "artifacts/bundle",
        ("POST",),
        "artifacts/bundle",
        OURS,
        "edit",
        body="raw",
        limit_bytes=BUNDLE_LIMIT,
    ),
    Endpoint("metrics/history", ("GET",), "metrics/history", OURS, "read", metrics.ReadColumns),
    _ours("metrics/sample", metrics.DrawCurves, "read"),
    _ours("metrics/rewind", metrics.Rewind),
    _ours("metrics/delete", metrics.DeleteMetric, "manage"),
    Endpoint(
        "experiments/search-counted",
        ("POST",),
        "experiments/search",
        OURS,
        "read",
        experiments.SearchExperiments,
        "json",
    ),
    _ours("log/delivered", writers.FindDelivered, "read"),
    Endpoint("runs/writers", ("GET",), "runs/writers", OURS, "read", runs.RunId),
    Endpoint("runs/report", ("POST",), "runs/writers", OURS, "edit", writers.NoteWriters, "json"),
    _ours("runs/table", tables.ReadTable, "read"),
    _ours("runs/count", tables.CountRuns, "read"),
    _ours("runs/groups", tables.GroupRuns, "read"),
    _ours("runs/values", tables.ListValues, "read"),
    _ours("fields", fields.ListFields, "read"),
    _ours("search/complete", search.Complete, "read"),
    _ours("views/create", views.CreateView),
    _ours("views/search", views.SearchViews, "read"),
    _ours("views/update", views.UpdateView),
    _ours("views/delete", views.DeleteView),
    Endpoint("runs/create-as", ("POST",), "runs/create", OURS, "edit", runs.CreateRunAs, "json"),
)

_DATASETS = (
    _ours("datasets/search", datasets.SearchDatasets, "read"),
    _ours("datasets/get", datasets.GetDataset, "read"),
    _ours("datasets/versions", datasets.ListVersions, "read"),
    _ours("datasets/version", datasets.GetVersion, "read"),
    _ours("datasets/diff", datasets.CompareVersions, "read"),
    _ours("datasets/lineage", datasets.GetVersion, "read"),
    _ours("datasets/rows", datasets.ReadRows, "read"),
    _ours("datasets/missing", datasets.FindMissing, limit_bytes=CHUNKS_LIMIT),
    _ours("datasets/commit", datasets.CommitVersion, limit_bytes=CHUNKS_LIMIT),
    _ours("datasets/delete", datasets.GetVersion, "manage"),
    Endpoint(
        "datasets/upload",
        ("POST",),
        "datasets/upload",
        OURS,
        "edit",
        body="raw",
        limit_bytes=CHUNKS_LIMIT,
    ),
    Endpoint(
        "datasets/download", ("GET",), "datasets/download", OURS, "read", datasets.GetVersion
    ),
)

ENDPOINTS: tuple[Endpoint, ...] = (
    *_EXPERIMENTS,
    *_RUNS,
    *_LOGGED_MODELS,
    *_REGISTRY,
    *_METRICS,
    *_ARTIFACTS,
    *_PROXY,
    *_SERVER,
    *_OURS,
    *_DATASETS,
)
