"""Requests and responses about versioned datasets."""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

from epochal.entities import DatasetReader, DatasetVersion, NamedDataset, Page
from epochal.errors import InvalidParameterError
from epochal.wire.decoding import Message
from epochal.wire.encoding import Pair, decode_response, encode, from_pairs, pairs
from epochal.wire.experiments import Tag
from epochal.wire.numbers import Int64  # noqa: TC001 - messages are decoded by it

if TYPE_CHECKING:
    from collections.abc import Sequence

DIGEST_BYTES = 32


class SearchDatasets(Message):
    """Datasets whose name holds a text; all for the empty one."""

    contains: str = ""
    max_results: Int64 | None = None
    page_token: str = ""


class GetDataset(Message):
    """A dataset by name."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("name",)
    name: str = ""


class ListVersions(GetDataset):
    """Versions of a dataset, the newest first."""

    max_results: Int64 | None = None
    page_token: str = ""


class GetVersion(GetDataset):
    """One version; the newest where none is named, all of them for lineage and deletion."""

    version: Int64 | None = None


class ReadRows(GetVersion):
    """Rows of a table."""

    start: Int64 | None = None
    limit: Int64 | None = None


class CompareVersions(Message):
    """Two versions, each as `datasets:/<name>/<version>` or `<name>/<version>`."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("a", "b")
    a: str = ""
    b: str = ""


class FindMissing(Message):
    """SHA-256 digests of chunks, 32 bytes each, joined and in base64."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("chunks",)
    chunks: str = ""


class CommitVersion(Message):
    """A version made of chunks that were sent before."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("name", "content", "format")
    name: str = ""
    content: str = ""
    format: str = ""
    chunks: str = ""  # as in FindMissing
    file_name: str = ""
    size_bytes: Int64 | None = None
    origin: str = ""
    rows: Int64 | None = None
    columns: Int64 | None = None
    schema: str | None = None
    profile: str | None = None
    description: str | None = None
    run_id: str | None = None
    user_id: str = ""
    tags: list[Tag] = msgspec.field(default_factory=list[Tag])

    def draft(self) -> DatasetVersion:
        """The version without its number."""
        return DatasetVersion(
            name=self.name,
            version=0,
            content=self.content,
            format=self.format,
            file_name=self.file_name,
            size_bytes=self.size_bytes or 0,
            created_ms=0,
            origin=self.origin or "file",
            rows=self.rows,
            columns=self.columns,
            schema=self.schema,
            profile=self.profile,
            description=self.description,
            run_id=self.run_id,
            user_id=self.user_id,
            tags={tag.key: tag.value for tag in self.tags},
        )


def commit_message(draft: DatasetVersion, chunks: Sequence[str]) -> CommitVersion:
    """What our client sends to keep a version."""
    return CommitVersion(
        name=draft.name,
        content=draft.content,
        format=draft.format,
        chunks=spell_digests(chunks),
        file_name=draft.file_name,
        size_bytes=draft.size_bytes,
        origin=draft.origin,
        rows=draft.rows,
        columns=draft.columns,
        schema=draft.schema,
        profile=draft.profile,
        description=draft.description,
        run_id=draft.run_id,
        user_id=draft.user_id,
        tags=[Tag(key=key, value=value) for key, value in draft.tags.items()],
    )


def spell_digests(digests: Sequence[str]) -> str:
    """Digests in hexadecimal as one text."""
    return base64.b64encode(bytes.fromhex("".join(digests))).decode()


def read_digests(text: str) -> list[str]:
    """The digests in a text. Raises InvalidParameterError."""
    try:
        joined = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error) as fault:
        raise InvalidParameterError(f"The list of chunks is no base64: {fault}") from None
    if len(joined) % DIGEST_BYTES:
        raise InvalidParameterError(
            f"The list of chunks has {len(joined)} bytes, no multiple of {DIGEST_BYTES}"
        )
    return [joined[at : at + DIGEST_BYTES].hex() for at in range(0, len(joined), DIGEST_BYTES)]


def encode_version(version: DatasetVersion, *, is_new: bool | None = None) -> bytes:
    """The answer to `version` and `commit`."""
    known = {} if is_new is None else {"is_new": is_new}
    return encode({"version": _spell_version(version), **known})


def encode_missing(digests: Sequence[str]) -> bytes:
    """The answer to `missing`, and to a `commit` that came too early."""
    return encode({"missing": spell_digests(digests)})


def encode_dataset(dataset: NamedDataset) -> bytes:
    """The answer to `get`."""
    return encode({"dataset": _spell_dataset(dataset)})


def encode_datasets(page: Page[NamedDataset]) -> bytes:
    """The answer to `search`."""
    listed = [_spell_dataset(one) for one in page.items]
    return encode({"datasets": listed, "next_page_token": page.token})


def encode_versions(page: Page[DatasetVersion]) -> bytes:
    """The answer to `versions`."""
    listed = [_spell_version(one) for one in page.items]
    return encode({"versions": listed, "next_page_token": page.token})


def encode_lineage(version: DatasetVersion | None, readers: Sequence[DatasetReader]) -> bytes:
    """The answer to `lineage`: the run that kept it, and those that read it."""
    fields = [
        {
            "run_id": one.run_id,
            "run_name": one.run_name,
            "experiment_id": one.experiment_id,
            "status": one.status,
            "start_time": one.start_time,
            "version": one.version,
            "context": one.context,
            "is_active": one.is_active,
            "models": one.models,
        }
        for one in readers
    ]
    return encode({"made_by": version.run_id if version else None, "read_by": fields})


def _spell_dataset(dataset: NamedDataset) -> dict[str, Any]:
    return {
        "name": dataset.name,
        "description": dataset.description,
        "created_ms": dataset.created_ms,
        "versions": dataset.versions,
        "latest": None if dataset.latest is None else _spell_version(dataset.latest),
    }


def _spell_version(version: DatasetVersion) -> dict[str, Any]:
    fields: dict[str, Any] = {
        name: getattr(version, name)
        for name in DatasetVersion.__dataclass_fields__
        if name not in {"schema", "profile", "tags"}
    }
    fields |= {"uri": version.uri, "digest": version.digest, "tags": pairs(version.tags)}
    for name in ("schema", "profile"):
        text = getattr(version, name)
        fields[name] = None if text is None else _json(text)
    return fields


def _json(text: str) -> Any:
    """Kept JSON as JSON; what a client kept that is none stays text."""
    try:
        json.loads(text, parse_constant=_refuse)  # NaN is no JSON, whatever Python says
    except ValueError:
        return text
    return msgspec.Raw(text.encode())


def _refuse(constant: str) -> None:
    raise ValueError(constant)


class _Version(msgspec.Struct):
    name: str
    version: int
    content: str
    format: str
    file_name: str = ""
    size_bytes: int = 0
    created_ms: int = 0
    origin: str = "file"
    rows: int | None = None
    columns: int | None = None
    schema: Any = None
    profile: Any = None
    description: str | None = None
    run_id: str | None = None
    user_id: str = ""
    chunks: int = 0
    new_bytes: int = 0
    tags: list[Pair] = msgspec.field(default_factory=list[Pair])

    def entity(self) -> DatasetVersion:
        fields: dict[str, Any] = {name: getattr(self, name) for name in self.__struct_fields__}
        for name in ("schema", "profile"):
            fields[name] = _text(fields[name])
        fields["tags"] = from_pairs(self.tags)
        return DatasetVersion(**fields)


def _text(value: Any) -> str | None:
    """Kept JSON as the text that it was; texts are what was no JSON."""
    return value if value is None or isinstance(value, str) else json.dumps(value)


class _Dataset(msgspec.Struct):
    name: str
    created_ms: int = 0
    versions: int = 0
    latest: _Version | None = None
    description: str | None = None

    def entity(self) -> NamedDataset:
        latest = None if self.latest is None else self.latest.entity()
        return NamedDataset(self.name, self.created_ms, self.versions, latest, self.description)


class _OneVersion(msgspec.Struct):
    version: _Version | None = None
    is_new: bool = False
    missing: str = ""


class _Versions(msgspec.Struct):
    versions: list[_Version]
    next_page_token: str | None = None


class _Datasets(msgspec.Struct):
    datasets: list[_Dataset]
    next_page_token: str | None = None


class _OneDataset(msgspec.Struct):
    dataset: _Dataset


class _Reader(msgspec.Struct):
    run_id: str
    run_name: str
    experiment_id: str
    status: str
    start_time: int | None
    version: int
    context: str | None = None
    is_active: bool = True
    models: list[str] = msgspec.field(default_factory=list[str])


class _Lineage(msgspec.Struct):
    read_by: list[_Reader]


def decode_version(body: bytes) -> tuple[DatasetVersion | None, bool, list[str]]:
    """The answer to `version` or `commit`: a version, whether it is new, what is missing."""
    found = decode_response(_OneVersion, body)
    version = None if found.version is None else found.version.entity()
    return version, found.is_new, read_digests(found.missing)


def decode_versions(body: bytes) -> Page[DatasetVersion]:
    """The answer to `versions`."""
    found = decode_response(_Versions, body)
    return Page([one.entity() for one in found.versions], found.next_page_token)


def decode_datasets(body: bytes) -> Page[NamedDataset]:
    """The answer to `search`."""
    found = decode_response(_Datasets, body)
    return Page([one.entity() for one in found.datasets], found.next_page_token)


def decode_dataset(body: bytes) -> NamedDataset:
    """The answer to `get`."""
    return decode_response(_OneDataset, body).dataset.entity()


def decode_lineage(body: bytes) -> list[DatasetReader]:
    """The answer to `lineage`."""
    found = decode_response(_Lineage, body).read_by
    names = _Reader.__struct_fields__
    return [DatasetReader(**{name: getattr(one, name) for name in names}) for one in found]
