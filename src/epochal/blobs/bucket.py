"""One object store, S3, Google's or Azure's, seen as keys and bytes: the door to the library.

Errors of the library become ours here. Whatever a store answers in a passing fault (5xx, a
broken line, silence) is asked again a few times before it is an UnavailableError.
"""

from __future__ import annotations

import contextlib
import io
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from epochal.blobs.credentials import (
    AZURE_SCHEMES,
    GCS_SCHEMES,
    find_azure_login,
    find_s3_login,
)
from epochal.errors import (
    EpochalError,
    InvalidPathError,
    NotFoundError,
    NotSupportedError,
    PermissionDeniedError,
    UnavailableError,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence
    from datetime import datetime

    from obstore.store import ClientConfig, ObjectStore, RetryConfig

    from epochal.blobs.credentials import Address, S3Login

PART_BYTES = 16 << 20  # 10,000 parts make 160 GB
PARTS_AT_ONCE = 2
READ_BYTES = 1 << 20
_STATUS = re.compile(r"status code: (\d{3})")
_REFUSED = frozenset({"401", "403"})
_NO_PARTS = "non-partial"  # what the library says of a store that answers a range with it all


@dataclass(frozen=True, slots=True)
class ObjectInfo:
    """What a store tells of one object."""

    key: str
    size: int
    etag: str | None
    changed: datetime


class Bucket:
    """The objects below one address. Safe from many threads."""

    def __init__(self, address: Address, login: S3Login | None = None) -> None:
        self.address = address
        self.login = login
        self._store = _open(address, login)

    def find(self, key: str) -> ObjectInfo | None:
        """What is known of an object, or None."""
        import obstore

        with translated(key):
            try:
                return _info(obstore.head(self._store, key))
            except FileNotFoundError:
                return None

    def open(self, key: str) -> tuple[ObjectInfo, ObjectStream]:
        """An object with what is known of it. Raises NotFoundError."""
        found = self.find(key)
        if found is None:
            raise NotFoundError("artifact", key)
        return found, self.stream(key, found.size)

    def stream(self, key: str, size: int) -> ObjectStream:
        """The bytes of an object of known size; it is first asked for when it is read."""
        return ObjectStream(self, key, size)

    def read(self, key: str, start: int) -> Iterator[memoryview]:
        """The bytes of an object from some place on, in pieces as they come."""
        import obstore

        with translated(key):
            if start == 0:
                found = obstore.get(self._store, key)
            else:
                try:
                    found = obstore.get(self._store, key, options={"range": {"offset": start}})
                except obstore.exceptions.GenericError as fault:
                    if _NO_PARTS not in str(fault):
                        raise
                    return _skip(self.read(key, 0), start)
        return _pieces(key, found.stream(READ_BYTES))

    def put(self, key: str, content: bytes | Iterator[bytes]) -> None:
        """Write an object, atomically. An iterator is sent in parts as it goes.

        What the iterator raises is raised here, and nothing stays of the object.
        """
        import obstore

        is_whole = isinstance(content, bytes)
        try:
            with translated(key):
                obstore.put(
                    self._store,
                    key,
                    content,
                    use_multipart=not is_whole,
                    chunk_size=PART_BYTES,
                    max_concurrency=PARTS_AT_ONCE,
                )
        except FileNotFoundError:
            raise UnavailableError(
                f"The artifact store cannot take {key!r}: there is no bucket "
                f"{self.address.container!r}"
            ) from None

    def delete(self, keys: Sequence[str]) -> None:
        """Remove objects; absent ones are no error."""
        import obstore

        for key in keys:
            with translated(key), contextlib.suppress(FileNotFoundError):
                obstore.delete(self._store, key)

    def list_folder(self, prefix: str) -> tuple[list[ObjectInfo], list[str]]:
        """The objects directly below a prefix, and the prefixes of those further down."""
        import obstore

        with translated(prefix):
            library: Any = obstore  # its types leave out those of Arrow
            found = library.list_with_delimiter(self._store, prefix or None)
        return [_info(item) for item in found["objects"]], list(found["common_prefixes"])

    def iter_below(self, prefix: str) -> Iterator[ObjectInfo]:
        """All objects below a prefix, at any depth."""
        import obstore

        with translated(prefix):
            library: Any = obstore  # its types leave out those of Arrow
            for page in library.list(self._store, prefix or None, chunk_size=1000):
                for item in page:
                    yield _info(item)

    def holds_below(self, prefix: str) -> bool:
        """Whether anything lies below a prefix."""
        return next(self.iter_below(prefix), None) is not None

    def sign(self, method: str, key: str, expires_s: int) -> str:
        """A URL with which anybody may do one thing with one object for a while."""
        import obstore

        if not _can_sign(self._store):
            raise NotSupportedError("This artifact store signs no URLs; use the server's proxy")
        with translated(key):
            signable: Any = self._store
            asked: Any = method
            return obstore.sign(signable, asked, key, timedelta(seconds=expires_s))


class ObjectStream(io.RawIOBase):
    """An object as a file that is read once through, from wherever it is first sought to."""

    def __init__(self, bucket: Bucket, key: str, size: int) -> None:
        super().__init__()
        self._bucket, self._key, self._size = bucket, key, size
        self._at = 0
        self._pieces: Iterator[memoryview] | None = None
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is; what was fetched ahead is dropped."""
        return True

    def tell(self) -> int:
        """Where the next byte comes from."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go somewhere else."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if start + offset != self._at:
            self._at, self._pieces, self._rest = max(start + offset, 0), None, memoryview(b"")
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        """Fill a buffer with what comes next, as far as one piece goes. Raises UnavailableError."""
        if self._at >= self._size:
            return 0
        if self._pieces is None:
            self._pieces = self._bucket.read(self._key, self._at)
        if not self._rest:
            self._rest = next(self._pieces, memoryview(b""))
            if not self._rest:
                raise UnavailableError(
                    f"The artifact store broke off {self._key!r} after {self._at} of "
                    f"{self._size} bytes"
                )
        view = memoryview(buffer).cast("B")
        count = min(len(view), len(self._rest), self._size - self._at)
        view[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        self._at += count
        return count


def _pieces(key: str, stream: Iterable[Any]) -> Iterator[memoryview]:
    with translated(key):
        for piece in stream:
            yield memoryview(piece)


def _skip(pieces: Iterator[memoryview], count: int) -> Iterator[memoryview]:
    for piece in pieces:
        if count < len(piece):
            yield piece[count:]
        count = max(count - len(piece), 0)


def _info(item: Any) -> ObjectInfo:
    etag = (item["e_tag"] or "").removeprefix("W/").strip('"') or None
    return ObjectInfo(item["path"], item["size"], etag, item["last_modified"])


@contextlib.contextmanager
def translated(key: str) -> Generator[None]:
    """Turn what the library raises into our errors, without what it tells of the store."""
    from obstore import exceptions

    try:
        yield
    except (EpochalError, FileNotFoundError):
        raise
    except (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError):
        raise _refused(key) from None
    except exceptions.InvalidPathError:
        raise InvalidPathError(key, "the artifact store refuses this name") from None
    except exceptions.BaseError as fault:
        status = _STATUS.search(str(fault))  # a part's refusal comes as a general error
        if status is not None and status[1] in _REFUSED:
            raise _refused(key) from None
        raise UnavailableError(
            f"The artifact store cannot handle {key!r} now: {_reason(str(fault))}"
        ) from None


def _refused(key: str) -> PermissionDeniedError:
    return PermissionDeniedError(
        f"The artifact store refuses this server's access to {key!r}; its credentials or the "
        "bucket's rules have to allow it"
    )


def _reason(message: str) -> str:
    """What happened, in a few words; the library's own text names hosts and headers."""
    status = _STATUS.search(message)
    if status is not None and status[1] == "404":
        return "there is no such bucket"
    if status is not None:
        return f"it answered with the status {status[1]}"
    known = {"timed out": "it did not answer in time", "onnect": "it cannot be reached"}
    return next((text for sign, text in known.items() if sign in message), "it broke off")


def _can_sign(store: ObjectStore) -> bool:
    from obstore.store import AzureStore, GCSStore, S3Store

    return isinstance(store, S3Store | GCSStore | AzureStore)


_PATIENCE: RetryConfig = {
    "max_retries": 4,
    "retry_timeout": timedelta(seconds=30),
    "backoff": {
        "init_backoff": timedelta(milliseconds=100),
        "max_backoff": timedelta(seconds=3),
        "base": 2,
    },
}


def _client(*, allow_http: bool, any_certificate: bool = False) -> ClientConfig:
    return {
        "allow_http": allow_http,
        "allow_invalid_certificates": any_certificate,
        "connect_timeout": timedelta(seconds=5),
        "read_timeout": timedelta(seconds=30),  # between two pieces
        "timeout": timedelta(days=1),  # for all of an object: a client may be slow to take it
    }


def _open(address: Address, login: S3Login | None) -> ObjectStore:
    from obstore.store import AzureStore, GCSStore

    prefix = address.prefix or None
    if address.scheme in GCS_SCHEMES:
        return GCSStore(
            address.container,
            prefix=prefix,
            client_options=_client(allow_http=False),
            retry_config=_PATIENCE,
        )
    if address.scheme in AZURE_SCHEMES:
        found: Any = find_azure_login()
        endpoint = found.get("endpoint", "")
        return AzureStore(
            address.container,
            prefix=prefix,
            account_name=address.account or "",
            client_options=_client(allow_http=endpoint.startswith("http:")),
            retry_config=_PATIENCE,
            **found,
        )
    return _open_s3(address, login or find_s3_login())


def _open_s3(address: Address, login: S3Login) -> ObjectStore:
    from obstore.store import S3Store

    config: dict[str, Any] = {
        "region": login.region,
        "virtual_hosted_style_request": login.is_virtual_hosted,
    }
    given = {
        "endpoint": login.endpoint,
        "access_key_id": login.access_key,
        "secret_access_key": login.secret_key,
        "session_token": login.session_token,
    }
    config |= {name: value for name, value in given.items() if value}
    is_plain = (login.endpoint or "").startswith("http:")
    return S3Store(
        address.container,
        prefix=address.prefix or None,
        config=config,  # pyright: ignore[reportArgumentType] - the library's keys, all of them
        client_options=_client(allow_http=is_plain, any_certificate=login.accepts_any_certificate),
        retry_config=_PATIENCE,
    )
