"""What Epochal keeps. Frozen values with no I/O and no knowledge of any wire or database."""

from epochal.entities.artifact import FileInfo
from epochal.entities.completion import Candidate, CandidateKind, Completion, Fault
from epochal.entities.dataset import Dataset, DatasetInput, DatasetSummary, InputTag
from epochal.entities.dataset_version import DatasetReader, DatasetVersion, NamedDataset
from epochal.entities.experiment import Experiment, ExperimentTag, LifecycleStage, ViewType
from epochal.entities.metric import Axis, Curve, LatestMetrics, Metric, Points, Series
from epochal.entities.page import Page, PagedList
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
    "NamedDataset",
    "Offer",
    "Page",
    "PagedList",
    "Param",
    "Points",
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
    "Status",
    "ValueCount",
    "ViewType",
    "WriterReport",
]
