"""The promises of `ports.blobs` as tests; every backend passes them.

Subclass `BlobContract` and give it a fixture `store` that yields an empty `BlobStore`.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from epochal.entities import FileInfo
from epochal.errors import InvalidParameterError, NotFoundError
from epochal.rules.paths import ArtifactPath

if TYPE_CHECKING:
    from epochal.ports.blobs import BlobStore

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
