"""Requests and responses about experiments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

import msgspec

from epochal.entities import DatasetSummary, Experiment, Page
from epochal.wire.decoding import Message
from epochal.wire.encoding import Pair, decode_response, encode, from_pairs, pairs, without_unset
from epochal.wire.numbers import Int64  # noqa: TC001 - msgspec reads annotations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from epochal.entities import LifecycleStage


class Tag(Message):
    """One tag or param in a request; an absent value is the empty text."""

    key: str = ""
    value: str = ""


class CreateExperiment(Message):
    """Without a location the experiment's artifacts go below the server's root."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("name",)
    name: str = ""
    artifact_location: str = ""
    tags: list[Tag] = msgspec.field(default_factory=list[Tag])


class ExperimentId(Message):
    """The whole request of `get`, `delete` and `restore`."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("experiment_id",)
    experiment_id: str = ""


class GetExperimentByName(Message):
    """Names are exact; deleted experiments keep theirs."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("experiment_name",)
    experiment_name: str = ""


class SearchExperiments(Message):
    """`max_results` has no default: leaving it out asks for nothing and is refused."""

    max_results: Int64 = 0
    page_token: str = ""
    filter: str = ""
    order_by: list[str] = msgspec.field(default_factory=list[str])
    view_type: str | int | None = None


class UpdateExperiment(Message):
    """A new name; nothing else of an experiment can be changed here."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("experiment_id", "new_name")
    experiment_id: str = ""
    new_name: str = ""


class SetExperimentTag(Message):
    """Written anew or over the old value."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("experiment_id", "key")
    experiment_id: str = ""
    key: str = ""
    value: str = ""


class DeleteExperimentTag(Message):
    """The tag must be there."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("experiment_id", "key")
    experiment_id: str = ""
    key: str = ""


class SearchDatasets(Message):
    """Which datasets the runs of some experiments read."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("experiment_ids",)
    experiment_ids: list[str] = msgspec.field(default_factory=list[str])


def encode_experiment_id(experiment: Experiment) -> bytes:
    """The answer to `create`."""
    return encode({"experiment_id": experiment.experiment_id})


def encode_experiment(experiment: Experiment) -> bytes:
    """The answer to `get` and `get-by-name`."""
    return encode({"experiment": _experiment(experiment)})


def encode_experiments(
    page: Page[Experiment], run_counts: Mapping[str, int] | None = None
) -> bytes:
    """The answer to `search`; to our own one with the number of runs of each."""
    listed = [_experiment(item) for item in page.items]
    if run_counts is not None:
        for fields in listed:
            fields["run_count"] = run_counts[fields["experiment_id"]]
    return encode(without_unset({"experiments": listed, "next_page_token": page.token}))


def encode_dataset_summaries(summaries: Sequence[DatasetSummary]) -> bytes:
    """The answer to `search-datasets`."""
    names = ("experiment_id", "name", "digest", "context")
    listed = [without_unset({name: getattr(item, name) for name in names}) for item in summaries]
    return encode(without_unset({"dataset_summaries": listed}))


def _experiment(experiment: Experiment) -> dict[str, Any]:
    return without_unset(
        {
            "experiment_id": experiment.experiment_id,
            "name": experiment.name,
            "artifact_location": experiment.artifact_location,
            "lifecycle_stage": experiment.lifecycle_stage,
            "last_update_time": experiment.last_update_time,
            "creation_time": experiment.creation_time,
            "tags": pairs(experiment.tags),
            "workspace": "default",
        }
    )


class _Experiment(msgspec.Struct):
    experiment_id: str
    name: str
    artifact_location: str = ""
    lifecycle_stage: str = "active"
    last_update_time: int | None = None
    creation_time: int | None = None
    tags: list[Pair] = msgspec.field(default_factory=list[Pair])

    def entity(self) -> Experiment:
        return Experiment(
            experiment_id=self.experiment_id,
            name=self.name,
            artifact_location=self.artifact_location,
            lifecycle_stage=cast("LifecycleStage", self.lifecycle_stage),
            creation_time=self.creation_time,
            last_update_time=self.last_update_time,
            tags=from_pairs(self.tags),
        )


class _OneExperiment(msgspec.Struct):
    experiment: _Experiment


class _ManyExperiments(msgspec.Struct):
    experiments: list[_Experiment] = msgspec.field(default_factory=list[_Experiment])
    next_page_token: str | None = None


class _CreatedExperiment(msgspec.Struct):
    experiment_id: str


class _Summary(msgspec.Struct):
    experiment_id: str
    name: str
    digest: str
    context: str | None = None


class _Summaries(msgspec.Struct):
    dataset_summaries: list[_Summary] = msgspec.field(default_factory=list[_Summary])


def decode_experiment_id(body: bytes) -> str:
    """Read the answer to `create`."""
    return decode_response(_CreatedExperiment, body).experiment_id


def decode_experiment(body: bytes) -> Experiment:
    """Read the answer to `get` and `get-by-name`."""
    return decode_response(_OneExperiment, body).experiment.entity()


def decode_experiments(body: bytes) -> Page[Experiment]:
    """Read the answer to `search`."""
    found = decode_response(_ManyExperiments, body)
    return Page([item.entity() for item in found.experiments], found.next_page_token or None)


def decode_dataset_summaries(body: bytes) -> list[DatasetSummary]:
    """Read the answer to `search-datasets`."""
    listed = decode_response(_Summaries, body).dataset_summaries
    return [DatasetSummary(s.experiment_id, s.name, s.digest, s.context) for s in listed]
