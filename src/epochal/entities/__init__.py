"""What Epochal keeps. Frozen values with no I/O and no knowledge of any wire or database."""

from epochal.entities.artifact import FileInfo
from epochal.entities.completion import Candidate, CandidateKind, Completion, Fault
from epochal.entities.dataset import Dataset, DatasetInput, DatasetSummary, InputTag
from epochal.entities.dataset_version import DatasetReader, DatasetVersion, NamedDataset
from epochal.entities.experiment import Experiment, ExperimentTag, LifecycleStage, ViewType
from epochal.entities.metric import Axis, Curve, LatestMetrics, Metric, Points, Series
from epochal.entities.model_version import ModelVersion, ModelVersionTag, Stage, VersionStatus
from epochal.entities.page import Page, PagedList
from epochal.entities.registered_model import RegisteredModel, RegisteredModelTag
from epochal.entities.run import (
    Param,
    Run,
    RunData,
    RunInfo,
    RunInputs,
    RunStatus,
    RunTag,
    Status,
)
from epochal.entities.table import (
    FieldKind,
    FieldValues,
    KnownField,
    RunGroup,
    RunTable,
    ValueCount,
)
from epochal.entities.transfer import Offer, SignedPart, SignedUpload
from epochal.entities.view import SavedView
from epochal.entities.writer import LoggingState, WriterReport

__all__ = [
    "Axis",
    "Candidate",
    "CandidateKind",
    "Completion",
    "Curve",
    "Dataset",
    "DatasetInput",
    "DatasetReader",
    "DatasetSummary",
    "DatasetVersion",
    "Experiment",
    "ExperimentTag",
    "Fault",
    "FieldKind",
    "FieldValues",
    "FileInfo",
    "InputTag",
    "KnownField",
    "LatestMetrics",
    "LifecycleStage",
    "LoggingState",
    "Metric",
    "ModelVersion",
    "ModelVersionTag",
    "NamedDataset",
    "Offer",
    "Page",
    "PagedList",
    "Param",
    "Points",
    "RegisteredModel",
    "RegisteredModelTag",
    "Run",
    "RunData",
    "RunGroup",
    "RunInfo",
    "RunInputs",
    "RunStatus",
    "RunTable",
    "RunTag",
    "SavedView",
    "Series",
    "SignedPart",
    "SignedUpload",
    "Stage",
    "Status",
    "ValueCount",
    "VersionStatus",
    "ViewType",
    "WriterReport",
]
