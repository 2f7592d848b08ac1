"""Requests about runs. Their answers are in `run_entities`, what is logged in `logging`."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from epochal.entities import Dataset, DatasetInput, InputTag
from epochal.wire.decoding import Message
from epochal.wire.experiments import Tag
from epochal.wire.numbers import Int64  # noqa: TC001 - msgspec reads annotations


class RunMessage(Message):
    """A request about one run; `run_uuid` is its old name, which clients still send along."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("run_id",)
    run_id: str = ""
    run_uuid: str = ""

    def __post_init__(self) -> None:
        if not self.run_id:
            self.run_id = self.run_uuid


class RunId(RunMessage):
    """The whole request of `get`, `delete` and `restore`."""


class CreateRun(Message):
    """A run without `start_time` began in 1970, as with MLflow."""

    experiment_id: str = ""
    user_id: str = ""
    run_name: str = ""
    start_time: Int64 = 0
    tags: list[Tag] = msgspec.field(default_factory=list[Tag])


class CreateRunAs(CreateRun):
    """Our own `create`, where the client may choose the id and so may repeat the request."""

    run_id: str = ""


class UpdateRun(RunMessage):
    """Fields that are absent stay as they are; so does the name if it is empty."""

    status: str | int | None = None
    end_time: Int64 | None = None
    run_name: str = ""


class SearchRuns(Message):
    """No experiments: no runs, and no error."""

    experiment_ids: list[str] = msgspec.field(default_factory=list[str])
    filter: str = ""
    run_view_type: str | int | None = None
    max_results: Int64 = 1000
    order_by: list[str] = msgspec.field(default_factory=list[str])
    page_token: str = ""


class DeleteTag(RunMessage):
    """The tag must be there."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("run_id", "key")
    key: str = ""


class LogModel(RunMessage):
    """How clients of MLflow 2 report a model: its description as a JSON text."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("run_id", "model_json")
    model_json: str = ""


class DatasetFields(Message):
    """A dataset; experiment, name and digest identify it."""

    name: str = ""
    digest: str = ""
    source_type: str = ""
    source: str = ""
    schema: str | None = None
    profile: str | None = None


class DatasetInputFields(Message):
    """A dataset and what it was used for, in its tags."""

    dataset: DatasetFields = msgspec.field(default_factory=DatasetFields)
    tags: list[Tag] = msgspec.field(default_factory=list[Tag])


class ModelInput(Message):
    """A logged model that a run read; accepted, and kept once there are logged models."""

    model_id: str = ""


class LogInputs(RunMessage):
    """Everything that a run read, in one request."""

    datasets: list[DatasetInputFields] = msgspec.field(default_factory=list[DatasetInputFields])
    models: list[ModelInput] = msgspec.field(default_factory=list[ModelInput])

    def inputs(self) -> list[DatasetInput]:
        """The datasets as entities, in the order given."""
        return [_input(given) for given in self.datasets]


def _input(given: DatasetInputFields) -> DatasetInput:
    fields = given.dataset
    return DatasetInput(
        dataset=Dataset(
            name=fields.name,
            digest=fields.digest,
            source_type=fields.source_type,
            source=fields.source,
            schema=fields.schema,
            profile=fields.profile,
        ),
        tags=[InputTag(tag.key, tag.value) for tag in given.tags],
    )
