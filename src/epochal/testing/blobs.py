"""The promises of `ports.blobs` as tests; every backend passes them.

Subclass `BlobContract` and give it a fixture `store` that yields an empty `BlobStore`. Stores
that keep equal contents once also pass `SharingContract`, those that sign URLs
`SigningContract`.
"""

from __future__ import annotations

import hashlib
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from epochal.entities import FileInfo
from epochal.errors import (
    InvalidParameterError,
    InvalidPathError,
    NotFoundError,
    UnavailableError,
)
from epochal.rules.paths import ArtifactPath

if TYPE_CHECKING:
    from typing import Protocol

    from epochal.ports.blobs import BlobStore, SharingStore, SigningStore

    class Sharing(BlobStore, SharingStore, Protocol):
        """A store that keeps equal contents once."""

    class Signing(BlobStore, SigningStore, Protocol):
        """A store that signs URLs."""


ROOT = ArtifactPath()


def path(text: str) -> ArtifactPath:
    """Short for `ArtifactPath.parse`."""
    return ArtifactPath.parse(text)


def put(store: BlobStore, where: str, content: bytes) -> None:
    """Write one file whole."""
    writer = store.open_write(path(where))
    writer.write(content)
    writer.commit()


def read(store: BlobStore, where: str) -> bytes:
    """Read one file whole."""
    with store.open_read(path(where)) as stream:
        return stream.read()


def _etag(store: BlobStore, where: str) -> str | None:
    opened = store.open_file(path(where))
    opened.stream.close()
    return opened.info.etag


class BlobContract:
    """What any `BlobStore` must do."""

    def test_gives_back_the_bytes_it_was_given(self, store: BlobStore) -> None:
        """A file comes back byte for byte, an empty one too."""
        content = bytes(range(256)) * 1000
        put(store, "a/b.bin", content)
        put(store, "empty", b"")
        assert read(store, "a/b.bin") == content
        assert read(store, "empty") == b""

    def test_joins_the_chunks_of_one_file(self, store: BlobStore) -> None:
        """Chunks arrive in the order in which they were written."""
        writer = store.open_write(path("chunks"))
        for chunk in (b"one ", b"two ", b"three"):
            writer.write(chunk)
        writer.commit()
        assert read(store, "chunks") == b"one two three"

    def test_shows_nothing_before_commit(self, store: BlobStore) -> None:
        """A file being written is neither listed nor found."""
        writer = store.open_write(path("half"))
        writer.write(b"not yet")
        assert store.list_folder(ROOT) == []
        assert store.find(path("half")) is None
        writer.commit()
        assert store.find(path("half")) == FileInfo("half", is_dir=False, file_size=7)

    def test_takes_large_files_in_pieces(self, store: BlobStore) -> None:
        """What does not fit into one request or buffer arrives whole, or not at all."""
        piece = bytes(range(256)) * 4096
        writer = store.open_write(path("large"))
        for _ in range(20):
            writer.write(piece)
        assert store.find(path("large")) is None
        writer.commit()
        writer.abort()
        assert hashlib.sha256(read(store, "large")).digest() == (
            hashlib.sha256(piece * 20).digest()
        )
        gone = store.open_write(path("gone"))
        for _ in range(20):
            gone.write(piece)
        gone.abort()
        gone.abort()
        assert store.find(path("gone")) is None

    def test_reads_from_any_place_on(self, store: BlobStore) -> None:
        """A stream can be moved before it is read, and says what is known of the file."""
        put(store, "digits", b"0123456789")
        opened = store.open_file(path("digits"))
        with opened.stream as stream:
            assert opened.info == FileInfo("digits", is_dir=False, file_size=10)
            stream.seek(7)
            assert stream.read(2) == b"78"
            assert stream.read() == b"9"
            assert stream.read(5) == b""

    def test_marks_change_with_the_content(self, store: BlobStore) -> None:
        """An etag is another for another content, and the same as long as nobody writes."""
        put(store, "x", b"one")
        marks = [_etag(store, "x"), _etag(store, "x")]
        put(store, "x", b"two")
        marks.append(_etag(store, "x"))
        assert marks[0]
        assert marks[0] == marks[1] != marks[2]

    def test_refuses_bytes_that_are_not_those_announced(self, store: BlobStore) -> None:
        """A wrong digest leaves the older file as it was; the right one is accepted."""
        put(store, "x", b"old")
        writer = store.open_write(path("x"))
        writer.write(b"new")
        with pytest.raises(InvalidParameterError, match="SHA-256"):
            writer.commit(hashlib.sha256(b"other").hexdigest())
        assert read(store, "x") == b"old"
        writer = store.open_write(path("x"))
        writer.write(b"new")
        writer.commit(hashlib.sha256(b"new").hexdigest())
        assert read(store, "x") == b"new"

    def test_folders_are_not_read(self, store: BlobStore) -> None:
        """Neither is the root."""
        put(store, "folder/file", b"x")
        for where in ("folder", ""):
            with pytest.raises(InvalidParameterError):
                store.open_read(path(where))

    def test_hides_what_it_keeps_for_itself(self, store: BlobStore) -> None:
        """No listing shows it and no path leads there."""
        put(store, "a", b"x" * 100)
        put(store, "b", b"x" * 100)
        assert [info.path for info in store.list_folder(ROOT)] == ["a", "b"]
        with pytest.raises(InvalidPathError):
            store.open_write(path(".objects/ab/x"))
        with pytest.raises(InvalidPathError):
            store.open_file(path(".objects/ab"))

    def test_leaves_nothing_after_abort(self, store: BlobStore) -> None:
        """An aborted write leaves the older file as it was, and no other trace."""
        put(store, "kept", b"old")
        writer = store.open_write(path("kept"))
        writer.write(b"new")
        writer.abort()
        assert read(store, "kept") == b"old"
        assert [info.path for info in store.list_folder(ROOT)] == ["kept"]

    def test_overwrites_with_the_last_finished_write(self, store: BlobStore) -> None:
        """Writing a path again replaces its content."""
        put(store, "x", b"first, longer")
        put(store, "x", b"second")
        assert read(store, "x") == b"second"

    def test_lists_one_level_by_name(self, store: BlobStore) -> None:
        """A listing holds the entries directly below, folders without a size."""
        for name in ("b.txt", "a/deep/er.txt", "a/one.txt"):
            put(store, name, b"12345")
        assert store.list_folder(ROOT) == [
            FileInfo("a", is_dir=True),
            FileInfo("b.txt", is_dir=False, file_size=5),
        ]
        assert [info.path for info in store.list_folder(path("a"))] == ["a/deep", "a/one.txt"]

    def test_lists_nothing_below_a_file_or_a_missing_folder(self, store: BlobStore) -> None:
        """Neither is an error."""
        put(store, "file", b"x")
        assert store.list_folder(path("file")) == []
        assert store.list_folder(path("missing/folder")) == []

    def test_names_what_is_missing(self, store: BlobStore) -> None:
        """Reading what is not there names the path."""
        with pytest.raises(NotFoundError, match=r"no/such\.txt"):
            store.open_read(path("no/such.txt"))

    def test_refuses_to_mix_files_and_folders(self, store: BlobStore) -> None:
        """A file is not written over a folder, nor below a file."""
        put(store, "folder/file", b"x")
        with pytest.raises(InvalidParameterError):
            put(store, "folder", b"y")
        with pytest.raises(InvalidParameterError):
            put(store, "folder/file/below", b"y")
        assert read(store, "folder/file") == b"x"

    def test_deletes_files_folders_and_nothing(self, store: BlobStore) -> None:
        """Deleting is recursive, and silent when there is nothing."""
        put(store, "a/b/c", b"x")
        put(store, "a/d", b"x")
        store.delete(path("a/b"))
        assert [info.path for info in store.list_folder(path("a"))] == ["a/d"]
        store.delete(path("a/d"))
        store.delete(path("a/d"))
        assert store.find(path("a/d")) is None

    @pytest.mark.parametrize("name", ["日本 語.txt", "50%25.txt", "a b+c&d=e.txt", "q?.txt", "é"])
    def test_keeps_names_as_given(self, store: BlobStore, name: str) -> None:
        """Names are not decoded, folded or escaped on their way."""
        put(store, f"names/{name}", b"x")
        assert [info.path for info in store.list_folder(path("names"))] == [f"names/{name}"]
        assert read(store, f"names/{name}") == b"x"

    def test_serves_many_threads(self, store: BlobStore) -> None:
        """Files written side by side all arrive."""

        def write(number: int) -> None:
            put(store, f"t/{number}", str(number).encode())

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(write, range(40)))
        assert {int(read(store, info.path)) for info in store.list_folder(path("t"))} == set(
            range(40)
        )


class SharingContract:
    """What a store must do that keeps equal contents once."""

    def test_keeps_equal_contents_once(self, store: Sharing) -> None:
        """However many files have them, and however they were written."""
        for number in range(5):
            put(store, f"runs/{number}/model", b"weights" * 1000)
            put(store, f"runs/{number}/own", b"%d" % number)
        kept = [found for found in store.iter_objects() if found.size == 7000]
        assert len(kept) == 1
        assert kept[0].is_used
        assert kept[0].sha256 == hashlib.sha256(b"weights" * 1000).hexdigest()

    def test_knows_the_digest_of_what_it_keeps(self, store: Sharing) -> None:
        """A reader can check what it got."""
        put(store, "x", b"content")
        opened = store.open_file(path("x"))
        opened.stream.close()
        assert opened.info.sha256 == hashlib.sha256(b"content").hexdigest()

    def test_links_what_is_kept(self, store: Sharing) -> None:
        """By digest and size; nothing else is linked, and folders stay folders."""
        put(store, "first", b"content")
        digest = hashlib.sha256(b"content").hexdigest()
        assert store.link(path("a/second"), digest, 7)
        assert read(store, "a/second") == b"content"
        assert not store.link(path("third"), digest, 8)
        assert not store.link(path("third"), hashlib.sha256(b"no").hexdigest(), 7)
        assert store.find(path("third")) is None
        with pytest.raises(InvalidParameterError):
            store.link(path("a"), digest, 7)
        assert store.link(path("first"), digest, 7)
        assert [info.path for info in store.list_folder(ROOT)] == ["a", "first"]

    def test_one_file_more_or_less_changes_no_other(self, store: Sharing) -> None:
        """Deleting and overwriting a file leave those that share its content."""
        for name in ("a", "b", "c"):
            put(store, name, b"shared")
        store.delete(path("a"))
        put(store, "b", b"another")
        assert read(store, "c") == b"shared"
        assert read(store, "b") == b"another"

    def test_sweeps_only_what_nobody_has(self, store: Sharing) -> None:
        """And only when it has been so for a while."""
        put(store, "kept", b"kept")
        put(store, "gone", b"gone")
        store.delete(path("gone"))
        unused = [found for found in store.iter_objects() if not found.is_used]
        assert [found.size for found in unused] == [4]
        assert not store.sweep(unused[0].name, 3600)
        for found in list(store.iter_objects()):
            assert store.sweep(found.name, 0) == (not found.is_used)
        assert [found.is_used for found in store.iter_objects()] == [True]
        assert read(store, "kept") == b"kept"
        put(store, "again", b"gone")
        assert read(store, "again") == b"gone"

    def test_finds_nothing_wrong_with_what_is_sound(self, store: Sharing) -> None:
        """Every content is read again."""
        put(store, "x", b"sound")
        assert [store.verify(found.name) for found in store.iter_objects()] == [None]

    def test_the_same_content_from_many_threads_is_kept_once(self, store: Sharing) -> None:
        """Writers that meet do not disturb each other, nor does a sweep beside them."""

        def write(number: int) -> None:
            put(store, f"t/{number}", b"same" * 500)
            for found in list(store.iter_objects()):
                store.sweep(found.name, 60)

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(write, range(24)))
        assert all(read(store, f"t/{number}") == b"same" * 500 for number in range(24))
        assert len([found for found in store.iter_objects() if found.is_used]) == 1


class SigningContract:
    """What a store must do whose files clients may read and write by signed URLs."""

    def test_signed_urls_give_bytes(self, store: Signing) -> None:
        """Whole and in part, to anybody who has the URL."""
        put(store, "a/é b.bin", b"0123456789")
        url, info = store.sign_read(path("a/é b.bin"), 60)
        assert info.file_size == 10
        with urllib.request.urlopen(url) as answer:  # noqa: S310 - of the store under test
            assert answer.read() == b"0123456789"
        part = urllib.request.Request(url, headers={"Range": "bytes=3-5"})  # noqa: S310 - as above
        with urllib.request.urlopen(part) as answer:  # noqa: S310 - as above
            assert answer.read() == b"345"
        with pytest.raises(NotFoundError):
            store.sign_read(path("missing"), 60)

    def test_parts_become_one_file(self, store: Signing) -> None:
        """It appears when they are joined, not before."""
        upload = store.sign_parts(path("big"), 2, 60)
        assert store.find(path("big")) is None
        pieces = [b"a" * (5 << 20), b"b" * 10]
        etags = [
            (part.number, _send(part.url, piece))
            for part, piece in zip(upload.parts, pieces, strict=True)
        ]
        store.complete_parts(path("big"), upload.upload_id, etags)
        assert read(store, "big") == b"".join(pieces)

    def test_an_upload_belongs_to_its_path(self, store: Signing) -> None:
        """An id that was not given out for it completes nothing."""
        upload = store.sign_parts(path("mine"), 1, 60)
        etags = [(1, _send(upload.parts[0].url, b"x"))]
        with pytest.raises(InvalidParameterError):
            store.complete_parts(path("yours"), upload.upload_id, etags)
        with pytest.raises(InvalidParameterError):
            store.complete_parts(path("mine"), "no such upload", etags)
        assert store.find(path("yours")) is None

    def test_a_forgotten_upload_leaves_nothing(self, store: Signing) -> None:
        """Forgetting twice is no error; completing afterwards is."""
        upload = store.sign_parts(path("half"), 1, 60)
        etags = [(1, _send(upload.parts[0].url, b"x"))]
        store.abort_parts(path("half"), upload.upload_id)
        store.abort_parts(path("half"), upload.upload_id)
        with pytest.raises((InvalidParameterError, UnavailableError)):  # moto answers 500
            store.complete_parts(path("half"), upload.upload_id, etags)
        assert store.find(path("half")) is None


def _send(url: str, piece: bytes) -> str:
    kind = {"Content-Type": "application/octet-stream"}
    request = urllib.request.Request(url, piece, kind, method="PUT")  # noqa: S310 - as above
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - as above
        return answer.headers["ETag"]
