"""What Epochal keeps. Frozen values with no I/O and no knowledge of any wire or database."""

from epochal.entities.artifact import FileInfo
from epochal.entities.dataset import Dataset, DatasetInput, DatasetSummary, InputTag
from epochal.entities.dataset_version import DatasetReader, DatasetVersion, NamedDataset
from epochal.entities.experiment import Experiment, ExperimentTag, LifecycleStage, ViewType
from epochal.entities.metric import Axis, Curve, Metric, Points, Series
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

__all__ = [
    "Axis",
    "Curve",
    "Dataset",
    "DatasetInput",
    "DatasetReader",
    "DatasetSummary",
    "DatasetVersion",
    "Experiment",
    "ExperimentTag",
    "FileInfo",
    "InputTag",
    "LifecycleStage",
    "Metric",
    "NamedDataset",
    "Page",
    "PagedList",
    "Param",
    "Points",
    "Run",
    "RunData",
    "RunInfo",
    "RunInputs",
    "RunStatus",
    "RunTag",
    "Series",
    "Status",
    "ViewType",
]
