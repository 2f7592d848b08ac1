"""Reading back what an offline folder knows of a run."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from epochal.client import records
from epochal.client.reading import (
    DamagedSegmentError,
    MetricRecord,
    MetricsRecord,
    Record,
    SeriesRecord,
    read_header,
    read_records,
)
from epochal.client.segment import SUFFIX
from epochal.client.writers import OWNER, writer_folders
from epochal.entities import (
    Dataset,
    DatasetInput,
    InputTag,
    Metric,
    Run,
    RunData,
    RunInfo,
    RunInputs,
)
from epochal.rules.names import RUN_NAME_TAG

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from epochal.entities import Status


@dataclass(slots=True)
class FoundRun:
    """A run put together from journals."""

    info: RunInfo
    params: dict[str, str] = field(default_factory=dict[str, str])
    tags: dict[str, str] = field(default_factory=dict[str, str])
    points: dict[str, list[Metric]] = field(default_factory=dict[str, list[Metric]])
    inputs: list[DatasetInput] = field(default_factory=list[DatasetInput])

    @property
    def run(self) -> Run:
        """The run as a store would show it."""
        latest = [
            max(points, key=lambda point: (point.step, point.timestamp, point.value))
            for points in self.points.values()
            if points
        ]
        info = replace(self.info, run_name=self.tags.get(RUN_NAME_TAG, self.info.run_name))
        return Run(info, RunData(latest, self.params, self.tags), RunInputs(self.inputs))

    def history(self, key: str) -> list[Metric]:
        """All points of a key, each once, by (timestamp, step, value)."""
        once = {(p.timestamp, p.step, p.value): p for p in self.points.get(key, [])}
        return [once[identity] for identity in sorted(once)]

    def rewind(self, step: int) -> None:
        """Forget the points beyond a step."""
        for key, points in self.points.items():
            self.points[key] = [point for point in points if point.step <= step]


def run_files(folder: str, run_id: str) -> str:
    """Where an offline folder keeps the artifacts of a run."""
    return os.path.join(folder, "artifacts", run_id)


def read_run(folder: str, run_id: str) -> FoundRun | None:
    """What the journals of an offline folder know of a run, None if that is nothing.

    Reads all of them: a folder is small beside a store.
    """
    found: FoundRun | None = None
    for path in _segments(os.path.join(folder, "journal")):
        try:
            with open(path, "rb") as file:
                data = file.read()
            read_header(data)
        except (OSError, DamagedSegmentError):
            continue
        if run_id.encode() in data:
            found = _add_segment(found, folder, run_id, data)
    return found


def _segments(journals: str) -> Iterator[str]:
    """All segments, the writers in the order in which they began."""
    folders = [f for f in writer_folders(journals) if os.path.exists(os.path.join(f, OWNER))]
    for writer in sorted(folders, key=lambda f: os.stat(os.path.join(f, OWNER)).st_mtime_ns):
        names = (name for name in os.listdir(writer) if name.endswith(SUFFIX))
        yield from (os.path.join(writer, name) for name in sorted(names))


def _add_segment(found: FoundRun | None, folder: str, run_id: str, data: bytes) -> FoundRun | None:
    mine: dict[int, str] = {}
    for _, record in read_records(data).records:
        if isinstance(record, SeriesRecord):
            if record.run_id == run_id:
                mine[record.number] = record.key
            continue
        if not _concerns(record, run_id, mine):
            continue
        if found is None:
            found = FoundRun(begun_run(folder, run_id, {}))
        _add(found, record, mine)
    return found


def _concerns(record: Record, run_id: str, mine: dict[int, str]) -> bool:
    if isinstance(record, MetricRecord):
        return record.series in mine
    if isinstance(record, MetricsRecord):
        return any(number in mine for number in record.series)
    return record.run_id == run_id


def _add(found: FoundRun, record: Record, mine: dict[int, str]) -> None:
    if isinstance(record, MetricRecord):
        point = Metric(mine[record.series], record.value, record.timestamp, record.step)
        found.points.setdefault(point.key, []).append(point)
    elif isinstance(record, MetricsRecord):
        for number, value in zip(record.series, record.values, strict=True):
            if number in mine:
                point = Metric(mine[number], value, record.timestamp, record.step)
                found.points.setdefault(point.key, []).append(point)
    elif not isinstance(record, SeriesRecord):
        _add_text(found, record.kind, record.key, record.value)


def _add_text(found: FoundRun, kind: int, key: str, value: str) -> None:
    if kind == records.PARAM:
        found.params.setdefault(key, value)
    elif kind == records.TAG:
        found.tags[key] = value
    elif kind == records.REWIND:
        found.rewind(int(value))
    elif kind == records.INPUTS:
        found.inputs += parse_inputs(value)
    elif kind == records.STATUS:
        end_time = int(value) if value else found.info.end_time
        found.info = replace(found.info, status=cast("Status", key), end_time=end_time)
    elif kind == records.RUN:
        fields = json.loads(value)
        found.tags = {**fields["tags"], **found.tags}
        found.info = replace(
            found.info,
            **{name: fields[name] for name in ("experiment_id", "run_name", "user_id")},
            start_time=fields["start_time"],
        )


def begun_run(folder: str, run_id: str, fields: Mapping[str, Any]) -> RunInfo:
    """What is known of a run that began, or went on, in an offline folder."""
    return RunInfo(
        run_id,
        str(fields.get("experiment_id", "")),
        str(fields.get("run_name", "")),
        str(fields.get("user_id", "")),
        "RUNNING",
        fields.get("start_time"),
        None,
        Path(run_files(folder, run_id)).as_uri(),
    )


def spell_inputs(inputs: Sequence[DatasetInput]) -> str:
    """Datasets as the text of a record."""
    return json.dumps(
        [
            {
                "dataset": {n: getattr(i.dataset, n) for n in type(i.dataset).__slots__},
                "tags": {tag.key: tag.value for tag in i.tags},
            }
            for i in inputs
        ]
    )


def parse_inputs(text: str) -> list[DatasetInput]:
    """Datasets from the text of a record."""
    listed: list[dict[str, Any]] = json.loads(text)
    return [
        DatasetInput(
            Dataset(**item["dataset"]),
            [InputTag(key, value) for key, value in item["tags"].items()],
        )
        for item in listed
    ]
