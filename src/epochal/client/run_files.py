"""What `MlflowClient` does with the files of runs."""

from __future__ import annotations

import io
import shutil
import tempfile
import threading
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from epochal.client import artifacts
from epochal.client.delivery import PASSING
from epochal.client.environment import is_set
from epochal.client.logbook import Logbook
from epochal.client.notices import warn
from epochal.client.transfers import digests, local_trees, uploads
from epochal.client.transfers.digests import Identity
from epochal.client.transfers.parcels import NoRoomError
from epochal.client.transfers.porter import Porter
from epochal.client.values import as_step, as_timestamp
from epochal.errors import EpochalError, InvalidParameterError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from epochal.client.artifacts import StrPath
    from epochal.client.outbox import Outbox
    from epochal.client.transfers.local_trees import LocalFile
    from epochal.client.transport import Files
    from epochal.entities import FileInfo, Run, RunInfo

MAX_KNOWN_RUNS = 1000
READ_FLUSH_S = 60.0  # without a byte moving: whoever reads waits no longer for what was logged


class RunFiles:
    """The files of the runs of one store.

    What goes to another machine is kept in a parcel and sent in the background; what stays on
    this one, and what is logged with `synchronous=True`, is there when the call returns.
    """

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._porter: Porter | None = None
        self._making = threading.RLock()

    def log_path(
        self,
        run_id: str,
        local_path: StrPath,
        artifact_path: str | None,
        synchronous: bool | None = None,
    ) -> None:
        """Keep a local file or folder."""
        self._keep(run_id, local_trees.gather(local_path, artifact_path), synchronous)

    def log_folder(
        self,
        run_id: str,
        local_dir: StrPath,
        artifact_path: str | None,
        synchronous: bool | None = None,
    ) -> None:
        """Keep everything below a local folder."""
        self._keep(run_id, local_trees.gather_folder(local_dir, artifact_path), synchronous)

    def _keep(self, run_id: str, gathered: Sequence[LocalFile], synchronous: bool | None) -> None:
        if self._is_direct(run_id, synchronous):
            self._await_earlier()
            uploads.send(self._of(run_id), gathered)
            return
        small = [file for file in gathered if file.size <= uploads.SMALL_BYTES]
        if len(small) > 1:
            gathered = [file for file in gathered if file.size > uploads.SMALL_BYTES]
            for some in uploads.bundled(small, lambda file: file.size):
                self._send_some_later(run_id, some)
        for file in gathered:
            self._send_later(run_id, file)

    def _send_some_later(self, run_id: str, files: list[LocalFile]) -> None:
        found = [(file.path, uploads.read(file)) for file in files]
        there = [(path, content) for path, content in found if content is not None]
        try:
            self._porter_now().accept_small(run_id, there)
        except NoRoomError:
            self._await_earlier()
            uploads.send(self._of(run_id), files)

    def _send_later(self, run_id: str, file: LocalFile) -> None:
        try:
            content = open(file.place, "rb", buffering=0)  # noqa: SIM115 - its errors are its own
        except OSError as fault:
            warn("epochal: %r is left out: %s", file.place, fault.strerror)
            return
        with content:
            source = cast("BinaryIO", content)
            identity = None
            if file.size >= digests.NOTED_BYTES:
                identity = Identity.of(source)
                if self._is_known(run_id, file, identity):
                    return
            try:
                self._porter_now().accept_file(run_id, file.path, source, file.size, identity)
            except NoRoomError:
                self._await_earlier()
                uploads.send(self._of(run_id), [file])

    def _is_known(self, run_id: str, file: LocalFile, identity: Identity) -> bool:
        """Whether the store has the bytes of an unchanged file already, and has linked them."""
        digest = digests.recall(identity)
        if digest is None or (
            self._porter is not None and self._porter.carries(run_id, file.path)
        ):
            return False
        try:
            return self._of(run_id).take_known(file.path, identity.size, digest)
        except EpochalError:
            return False  # whoever sends it will say it better

    def log_bytes(
        self, run_id: str, data: bytes, path: str, synchronous: bool | None = None
    ) -> None:
        """Keep a file whose bytes are at hand."""
        artifacts.check_file_path(path)
        if not self._is_direct(run_id, synchronous):
            try:
                self._porter_now().accept_bytes(run_id, path, data)
            except NoRoomError:
                pass  # sent at once instead
            else:
                return
        self._await_earlier()
        self._of(run_id).write_artifact(path, io.BytesIO(data))

    def log_stream(self, run_id: str, stream: Any, path: str) -> None:
        """Keep what a stream yields; one that cannot be rewound goes through a temporary file."""
        artifacts.check_file_path(path)
        if self._is_direct(run_id, None) and stream.seekable():
            self._await_earlier()
            self._of(run_id).write_artifact(path, stream)
            return
        with tempfile.TemporaryFile(buffering=0) as copy:
            shutil.copyfileobj(stream, copy, 1 << 20)
            size = copy.tell()
            copy.seek(0)
            if not self._is_direct(run_id, None):
                try:
                    self._porter_now().accept_file(run_id, path, cast("BinaryIO", copy), size)
                except NoRoomError:
                    copy.seek(0)
                else:
                    return
            self._of(run_id).write_artifact(path, cast("BinaryIO", copy))

    def _is_direct(self, run_id: str, synchronous: bool | None) -> bool:
        """Whether a file is sent before the call returns.

        Raises:
            NotFoundError: there is no such run.

        """
        if synchronous or is_set("SYNCHRONOUS_ARTIFACTS"):
            return True
        try:
            return self._of(run_id).is_near
        except PASSING:
            return False  # the store is out of reach: what is logged waits for it

    def _porter_now(self) -> Porter:
        porter = self._porter
        if porter is None:
            with self._making:
                porter = self._porter = self._porter or Porter(
                    self._outbox.uri,
                    self._outbox.parcels_folder,
                    self._outbox.refused_folder,
                    self._of,
                )
        return porter

    def adopt(self, folder: str) -> None:
        """Send the files of a dead process beside our own. Whoever calls holds its lock."""
        self._porter_now().adopt(folder)

    def flush(self, timeout_s: float, *, persist: bool = False) -> bool:
        """Wait until every file that was logged is stored; False if it cannot be at present."""
        return self._porter is None or self._porter.flush(timeout_s, persist=persist)

    def _await_earlier(self) -> None:
        """See that nothing that was logged earlier is written over what comes now."""
        self.flush(READ_FLUSH_S)

    def close(self, grace_s: float) -> Exception | None:
        """Send what is left, for as long as it moves; why some is left, if so."""
        porter, self._porter = self._porter, None
        if porter is None:
            return None
        is_sent = porter.flush(grace_s, persist=True)
        porter.stop()
        return None if is_sent else porter.fault or TimeoutError("it takes too long")

    def restart_in_child(self) -> None:
        """After a fork: leave to the parent what it is sending."""
        self._porter = None
        self._making = threading.RLock()

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
        synchronous: bool | None = None,
    ) -> None:
        """Keep an image as a file, or in a series with a small copy beside it."""
        from epochal.client import images

        if (path is None) == (key is None):
            raise InvalidParameterError("Give exactly one of artifact_file and key")
        picture = images.as_picture(image)
        if path is not None:
            data = images.encode_picture(picture, images.kind_of(path))
            self.log_bytes(run_id, data, path, synchronous)
            return
        stem = images.stem_of(key or "", as_step(step), as_timestamp(timestamp))
        whole, small = images.encode_picture(picture, "PNG"), images.encode_preview(picture)
        self.log_bytes(run_id, whole, f"{stem}.png", synchronous)
        self.log_bytes(run_id, small, f"{stem}+compressed.webp", synchronous)
        Logbook(self._outbox, run_id).set_tags({images.IMAGES_TAG: "True"})

    def log_table(self, run_id: str, data: Any, path: str) -> None:
        """Keep rows in a table, behind those that it has."""
        from epochal.client import tables

        tables.check_table_path(path)
        new = tables.as_columns(data)
        self._await_earlier()
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
        self._await_earlier()
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
        self._await_earlier()
        return self._of(run_id).list_artifacts(path)

    def download(self, run_id: str, path: str, folder: StrPath | None) -> str:
        """Copy a file or folder to this machine."""
        self._await_earlier()
        return artifacts.download(self._of(run_id), path, artifacts.local_target(folder))

    def delete(self, run_id: str, path: str) -> None:
        """Remove a file or folder, everything if the path is empty; absent ones are no error."""
        self._await_earlier()
        self._of(run_id).delete_artifact(path)

    def _of(self, run_id: str) -> Files:
        return self._outbox.transport.files(self._info(run_id))

    def _info(self, run_id: str) -> RunInfo:
        known = self._outbox.infos
        found = known.get(run_id)
        if found is None:
            found = self._outbox.info_of(run_id)
            if len(known) > MAX_KNOWN_RUNS:
                known.clear()
            known[run_id] = found
        return found


def _extra(run: Run, name: str) -> Any:
    """A value that describes a run, for a column beside its rows."""
    if name in type(run.info).__slots__:
        return getattr(run.info, name)
    raise InvalidParameterError(
        f"Unknown extra column {name!r}; it must be one of {list(type(run.info).__slots__)}"
    )
