"""Runs as MLflow's JSON, in both directions."""

from __future__ import annotations

import math
from itertools import starmap
from typing import TYPE_CHECKING, Any, cast

import msgspec
from msgspec import UNSET, UnsetType

from epochal.entities import (
    Dataset,
    DatasetInput,
    InputTag,
    LatestMetrics,
    Metric,
    Page,
    Run,
    RunData,
    RunInfo,
    RunInputs,
)
from epochal.wire.encoding import Pair, decode_response, encode, from_pairs, without_unset
from epochal.wire.numbers import spell_double

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.entities import LifecycleStage, Status

_NOTHING: dict[str, Any] = {}


def encode_run(run: Run, *, exact: bool = False) -> bytes:
    """The answer to `get`. With `exact`, infinities are spelled as such."""
    return encode({"run": _told(run, exact=exact)})


def encode_created_run(run: Run) -> bytes:
    """The answer to `create`: a run that has no outputs yet, and says so by their absence."""
    told = _told(run, exact=False)
    told.outputs = UNSET
    return encode({"run": told})


def encode_run_info(info: RunInfo) -> bytes:
    """The answer to `update`."""
    return encode({"run_info": _info(info)})


def encode_runs(page: Page[Run], *, exact: bool = False) -> bytes:
    """The answer to `search`."""
    listed = [_told(run, exact=exact) for run in page.items]
    return encode(without_unset({"runs": listed, "next_page_token": page.token}))


def _told(run: Run, *, exact: bool) -> _ToldRun:
    data, given = run.data, run.inputs.dataset_inputs
    return _ToldRun(
        _info(run.info),
        _ToldData(
            _metrics(data.latest, exact=exact) if data.latest else UNSET,
            list(starmap(_Text, data.params.items())) if data.params else UNSET,
            list(starmap(_Text, data.tags.items())) if data.tags else UNSET,
        ),
        {"dataset_inputs": [_input(one) for one in given]} if given else _NOTHING,
        _NOTHING,
    )


def _info(info: RunInfo) -> _ToldInfo:
    return _ToldInfo(
        info.run_id,
        info.run_id,
        info.run_name,
        info.experiment_id,
        info.user_id,
        info.status,
        UNSET if info.start_time is None else info.start_time,
        UNSET if info.end_time is None else info.end_time,
        info.artifact_uri,
        info.lifecycle_stage,
    )


def _metrics(latest: Sequence[Metric], *, exact: bool) -> list[_Point]:
    if not isinstance(latest, LatestMetrics):
        rows = ((one.key, one.value, one.timestamp, one.step) for one in latest)
    elif math.isfinite(sum(latest.values)):  # none that is not can be made up for
        return list(starmap(_Point, latest.rows()))
    else:
        rows = latest.rows()
    return [
        _Point(key, spell_double(value, exact=exact), timestamp, step)
        for key, value, timestamp, step in rows
    ]


def _input(given: DatasetInput) -> dict[str, Any]:
    names = ("name", "digest", "source_type", "source", "schema", "profile")
    tags = [{"key": tag.key, "value": tag.value} for tag in given.tags]
    dataset = without_unset({name: getattr(given.dataset, name) for name in names})
    return without_unset({"tags": tags, "dataset": dataset})


class _ToldInfo(msgspec.Struct, gc=False):
    """What identifies a run, in a response: a struct is made in an eighth of a dict's time."""

    run_id: str
    run_uuid: str
    run_name: str
    experiment_id: str
    user_id: str
    status: str
    start_time: int | UnsetType
    end_time: int | UnsetType
    artifact_uri: str
    lifecycle_stage: str


class _Point(msgspec.Struct, gc=False):
    """A metric in a response."""

    key: str
    value: float | str
    timestamp: int
    step: int


class _Text(msgspec.Struct, gc=False):
    """A param or a tag in a response."""

    key: str
    value: str


class _ToldData(msgspec.Struct, gc=False):
    """What a run logged, in a response."""

    metrics: list[_Point] | UnsetType
    params: list[_Text] | UnsetType
    tags: list[_Text] | UnsetType


class _ToldRun(msgspec.Struct, gc=False):
    """A run in a response."""

    info: _ToldInfo
    data: _ToldData
    inputs: dict[str, Any]
    outputs: dict[str, Any] | UnsetType


class _Metric(msgspec.Struct, gc=False):
    key: str
    value: float = 0.0
    timestamp: int = 0
    step: int = 0


class _Info(msgspec.Struct):
    run_id: str = ""
    run_uuid: str = ""
    run_name: str = ""
    experiment_id: str = ""
    user_id: str = ""
    status: str = "RUNNING"
    start_time: int | None = None
    end_time: int | None = None
    artifact_uri: str = ""
    lifecycle_stage: str = "active"

    def entity(self) -> RunInfo:
        return RunInfo(
            run_id=self.run_id or self.run_uuid,
            experiment_id=self.experiment_id,
            run_name=self.run_name,
            user_id=self.user_id,
            status=cast("Status", self.status),
            start_time=self.start_time,
            end_time=self.end_time,
            artifact_uri=self.artifact_uri,
            lifecycle_stage=cast("LifecycleStage", self.lifecycle_stage),
        )


class _Data(msgspec.Struct):
    metrics: list[_Metric] = msgspec.field(default_factory=list[_Metric])
    params: list[Pair] = msgspec.field(default_factory=list[Pair])
    tags: list[Pair] = msgspec.field(default_factory=list[Pair])

    def entity(self) -> RunData:
        return RunData(
            latest=[Metric(m.key, m.value, m.timestamp, m.step) for m in self.metrics],
            params=from_pairs(self.params),
            tags=from_pairs(self.tags),
        )


class _Dataset(msgspec.Struct):
    name: str = ""
    digest: str = ""
    source_type: str = ""
    source: str = ""
    schema: str | None = None
    profile: str | None = None


class _DatasetInput(msgspec.Struct):
    dataset: _Dataset
    tags: list[Pair] = msgspec.field(default_factory=list[Pair])

    def entity(self) -> DatasetInput:
        given = self.dataset
        return DatasetInput(
            dataset=Dataset(
                name=given.name,
                digest=given.digest,
                source_type=given.source_type,
                source=given.source,
                schema=given.schema,
                profile=given.profile,
            ),
            tags=[InputTag(tag.key, tag.value) for tag in self.tags],
        )


class _Inputs(msgspec.Struct):
    dataset_inputs: list[_DatasetInput] = msgspec.field(default_factory=list[_DatasetInput])


class _Run(msgspec.Struct):
    info: _Info
    data: _Data = msgspec.field(default_factory=_Data)
    inputs: _Inputs = msgspec.field(default_factory=_Inputs)

    def entity(self) -> Run:
        inputs = [given.entity() for given in self.inputs.dataset_inputs]
        return Run(self.info.entity(), self.data.entity(), RunInputs(inputs))


class _OneRun(msgspec.Struct):
    run: _Run


class _ManyRuns(msgspec.Struct):
    runs: list[_Run] = msgspec.field(default_factory=list[_Run])
    next_page_token: str | None = None


class _OneInfo(msgspec.Struct):
    run_info: _Info


def decode_run(body: bytes) -> Run:
    """Read the answer to `create` and `get`."""
    return decode_response(_OneRun, body).run.entity()


def decode_runs(body: bytes) -> Page[Run]:
    """Read the answer to `search`."""
    found = decode_response(_ManyRuns, body)
    return Page([run.entity() for run in found.runs], found.next_page_token or None)


def decode_run_info(body: bytes) -> RunInfo:
    """Read the answer to `update`."""
    return decode_response(_OneInfo, body).run_info.entity()
