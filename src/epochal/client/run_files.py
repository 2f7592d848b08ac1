"""What `MlflowClient` does with the files of runs."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from epochal.client import artifacts
from epochal.client.logbook import Logbook
from epochal.client.values import as_step, as_timestamp
from epochal.errors import InvalidParameterError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from epochal.client.artifacts import StrPath
    from epochal.client.outbox import Outbox
    from epochal.client.transport import Files
    from epochal.entities import FileInfo, Run, RunInfo

MAX_KNOWN_RUNS = 1000


class RunFiles:
    """The files of the runs of one store. Where a run keeps them is asked once."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._infos: dict[str, RunInfo] = {}

    def log_path(self, run_id: str, local_path: StrPath, artifact_path: str | None) -> None:
        """Keep a local file or folder."""
        artifacts.upload_path(self._of(run_id), local_path, artifact_path)

    def log_folder(self, run_id: str, local_dir: StrPath, artifact_path: str | None) -> None:
        """Keep everything below a local folder."""
        artifacts.upload_folder(self._of(run_id), local_dir, artifact_path)

    def log_bytes(self, run_id: str, data: bytes, path: str) -> None:
        """Keep a file whose bytes are at hand."""
        artifacts.write_bytes(self._of(run_id), path, data)

    def log_stream(self, run_id: str, stream: Any, path: str) -> None:
        """Keep what a stream yields; one that cannot be rewound is read into memory first."""
        if not stream.seekable():
            stream = io.BytesIO(stream.read())
        self._of(run_id).write_artifact(path, stream)

    def log_dictionary(self, run_id: str, dictionary: Any, path: str) -> None:
        """Keep a dictionary as YAML or JSON."""
        self.log_bytes(run_id, artifacts.spell_dictionary(dictionary, path), path)

    def log_figure(
        self, run_id: str, figure: Any, path: str, save_kwargs: dict[str, Any] | None
    ) -> None:
        """Keep a figure."""
        self.log_bytes(run_id, artifacts.draw_figure(figure, path, save_kwargs), path)

    def log_image(
        self,
        run_id: str,
        image: Any,
        path: str | None,
        key: str | None,
        step: int | None,
        timestamp: int | None,
    ) -> None:
        """Keep an image as a file, or in a series with a small copy beside it."""
        from epochal.client import images

        if (path is None) == (key is None):
            raise InvalidParameterError("Give exactly one of artifact_file and key")
        picture = images.as_picture(image)
        if path is not None:
            self.log_bytes(run_id, images.encode_picture(picture, images.kind_of(path)), path)
            return
        stem = images.stem_of(key or "", as_step(step), as_timestamp(timestamp))
        self.log_bytes(run_id, images.encode_picture(picture, "PNG"), f"{stem}.png")
        self.log_bytes(run_id, images.encode_preview(picture), f"{stem}+compressed.webp")
        Logbook(self._outbox, run_id).set_tags({images.IMAGES_TAG: "True"})

    def log_table(self, run_id: str, data: Any, path: str) -> None:
        """Keep rows in a table, behind those that it has."""
        from epochal.client import tables

        tables.check_table_path(path)
        new = tables.as_columns(data)
        files = self._of(run_id)
        found = artifacts.find_artifact(files, path)
        if found is not None:
            old = tables.decode(artifacts.read_bytes(files, path), path)
            new = tables.append(old, new)
        self.log_bytes(run_id, tables.encode(new, path), path)
        known = self._outbox.reader().get_run(run_id).data.tags.get(tables.TABLES_TAG)
        tag = tables.noted_in_tag(known, path)
        if tag is not None:
            Logbook(self._outbox, run_id).set_tags({tables.TABLES_TAG: tag})

    def load_table(self, runs: Iterable[Run], path: str, extra_columns: Sequence[str]) -> Any:
        """The rows of a table over several runs; those without it are passed over."""
        from epochal.client import tables

        tables.check_table_path(path)
        columns: dict[str, list[Any]] = {}
        was_found = False
        for run in runs:
            if f'"{path}"' not in run.data.tags.get(tables.TABLES_TAG, ""):
                continue
            was_found = True
            data = artifacts.read_bytes(self._outbox.transport.files(run.info), path)
            rows = tables.decode(data, path)
            count = tables.count_rows(rows)
            extra = {name: [_extra(run, name)] * count for name in extra_columns}
            columns = tables.append(columns, rows | extra)
        if not was_found:
            raise NotFoundError("table", path)
        return tables.as_frame(columns)

    def list_folder(self, run_id: str, path: str) -> list[FileInfo]:
        """What lies directly below a path."""
        return self._of(run_id).list_artifacts(path)

    def download(self, run_id: str, path: str, folder: StrPath | None) -> str:
        """Copy a file or folder to this machine."""
        return artifacts.download(self._of(run_id), path, artifacts.local_target(folder))

    def _of(self, run_id: str) -> Files:
        return self._outbox.transport.files(self._info(run_id))

    def _info(self, run_id: str) -> RunInfo:
        found = self._infos.get(run_id)
        if found is None:
            found = self._outbox.info_of(run_id)
            if len(self._infos) > MAX_KNOWN_RUNS:
                self._infos.clear()
            self._infos[run_id] = found
        return found


def _extra(run: Run, name: str) -> Any:
    """A value that describes a run, for a column beside its rows."""
    if name in type(run.info).__slots__:
        return getattr(run.info, name)
    raise InvalidParameterError(
        f"Unknown extra column {name!r}; it must be one of {list(type(run.info).__slots__)}"
    )
