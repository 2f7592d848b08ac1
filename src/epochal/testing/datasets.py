"""The suite that every store of versioned datasets passes.

Subclass it and provide the fixtures `store`, a `DatasetStore`, and `tracking`, a
`TrackingStore` on the same database.
"""

from __future__ import annotations

import hashlib
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from epochal.entities import Dataset, DatasetInput, DatasetVersion, InputTag
from epochal.entities.dataset import CONTEXT_TAG
from epochal.errors import InvalidParameterError, NotFoundError, StillReadError
from epochal.ports.datasets import ChunkPlace, Committed, NewVersion
from epochal.testing.points import new_run

if TYPE_CHECKING:
    from epochal.ports.datasets import DatasetStore
    from epochal.testing.points import Store

LATER = 10**15


def digest_of(text: str) -> str:
    """The digest of a chunk of some text."""
    return hashlib.sha256(text.encode()).hexdigest()


def add(store: DatasetStore, *texts: str, now_ms: int = 1) -> str:
    """A pack of chunks; its path."""
    path = f"{uuid.uuid4().hex}.pack"
    places: list[ChunkPlace] = []
    start = 0
    for text in texts:
        places.append(ChunkPlace(digest_of(text), path, start, len(text)))
        start += len(text)
    store.add_pack(path, places, now_ms)
    return path


def commit(store: DatasetStore, name: str, *texts: str, profile: str | None = None) -> Committed:
    """A version made of chunks."""
    whole = "".join(texts)
    draft = DatasetVersion(
        name=name,
        version=0,
        content=digest_of(whole),
        format="csv",
        file_name="x.csv",
        size_bytes=len(whole),
        created_ms=5,
        profile=profile,
        tags={"a": "b"},
    )
    return store.commit(NewVersion(draft, [digest_of(text) for text in texts]))


def keep(store: DatasetStore, name: str, *texts: str) -> DatasetVersion:
    """A version of chunks that are sent first."""
    add(store, *store_lacks(store, *texts))
    done = commit(store, name, *texts)
    assert done.version is not None
    return done.version


def store_lacks(store: DatasetStore, *texts: str) -> list[str]:
    """Those of some chunks that are not there."""
    missing = set(store.find_missing([digest_of(text) for text in texts]))
    return [text for text in dict.fromkeys(texts) if digest_of(text) in missing]


class DatasetContract:
    """The promises of `ports.datasets`, one test each."""

    def test_what_is_missing_is_told_in_order(self, store: DatasetStore) -> None:
        """Each chunk once."""
        add(store, "a", "b")
        asked = [digest_of(text) for text in "cadbc"]
        assert store.find_missing(asked) == [digest_of("c"), digest_of("d")]
        assert store.find_missing([]) == []

    def test_only_new_chunks_are_counted(self, store: DatasetStore) -> None:
        """A chunk that another pack has already stays where it is."""
        add(store, "aaa")
        path = "second.pack"
        places = [ChunkPlace(digest_of("aaa"), path, 0, 3), ChunkPlace(digest_of("b"), path, 3, 1)]
        assert store.add_pack(path, places, 2) == 1

    def test_the_same_content_is_the_same_version(self, store: DatasetStore) -> None:
        """Another content is the next one; new bytes are those that no version had."""
        first = keep(store, "n", "a", "bb")
        assert (first.version, first.new_bytes, first.chunks, first.tags) == (1, 3, 2, {"a": "b"})
        again = commit(store, "n", "a", "bb")
        assert again.version is not None
        assert (again.version.version, again.is_new) == (1, False)
        second = keep(store, "n", "a", "ccc")
        assert (second.version, second.new_bytes) == (2, 3)
        assert keep(store, "other", "a", "bb").new_bytes == 0

    def test_what_lacks_chunks_is_not_kept(self, store: DatasetStore) -> None:
        """The chunks are named, in order; the name is not taken."""
        add(store, "a")
        done = commit(store, "n", "x", "a", "y", "x")
        assert (done.version, list(done.missing)) == (None, [digest_of("x"), digest_of("y")])
        with pytest.raises(NotFoundError):
            store.get_dataset("n")

    def test_chunks_come_in_their_order(self, store: DatasetStore) -> None:
        """Also those that come twice."""
        keep(store, "n", "b", "a", "b")
        found = store.get_chunks("n", 1)
        assert [place.digest for place in found] == [digest_of(text) for text in "bab"]
        with pytest.raises(NotFoundError):
            store.get_chunks("n", 2)

    def test_versions_come_in_pages(self, store: DatasetStore) -> None:
        """The newest first; a token is of one search only."""
        for text in "abcde":
            keep(store, "n", text)
        first = store.list_versions("n", 2, None)
        second = store.list_versions("n", 3, first.token)
        assert [one.version for one in first.items + second.items] == [5, 4, 3, 2, 1]
        assert second.token is None
        keep(store, "other", "a")
        with pytest.raises(InvalidParameterError):
            store.list_versions("other", 2, first.token)
        with pytest.raises(NotFoundError):
            store.list_versions("nobody", 2, None)

    def test_names_come_in_pages(self, store: DatasetStore) -> None:
        """By name; whatever the case of the text asked for."""
        for name in ("Flights", "flights 2", "weather"):
            keep(store, name, name)
        page = store.search_datasets("FLIGHT", 1, None)
        rest = store.search_datasets("FLIGHT", 5, page.token)
        assert [one.name for one in page.items + rest.items] == ["Flights", "flights 2"]
        assert rest.token is None
        assert len(store.search_datasets("", 10, None).items) == 3

    def test_a_dataset_shows_its_newest_version(self, store: DatasetStore) -> None:
        """Without its profile, which only a version has."""
        add(store, "a")
        commit(store, "n", "a", profile='{"rows": 1}')
        found = store.get_dataset("n")
        assert found.latest is not None
        assert (found.versions, found.latest.profile) == (1, None)
        assert store.get_version("n", None).profile == '{"rows": 1}'
        assert store.get_version("n", 1) == store.get_version("n", None)

    def test_deleting_frees_what_only_one_had(self, store: DatasetStore) -> None:
        """A file goes when none of its chunks is left; numbers are never given again."""
        shared, own = add(store, "s"), add(store, "o")
        commit(store, "n", "s", "o")
        commit(store, "n", "s")
        assert store.delete_versions("n", 1) == [own]
        assert store.get_chunks("n", 2)[0].pack == shared
        assert keep(store, "n", "new").version == 3
        assert shared in store.delete_versions("n", None)
        with pytest.raises(NotFoundError):
            store.get_dataset("n")
        with pytest.raises(NotFoundError):
            store.delete_versions("n", None)

    def test_what_runs_read_is_kept(self, store: DatasetStore, tracking: Store) -> None:
        """Until all of them are deleted."""
        version = keep(store, "n", "a")
        run_id = new_run(tracking)
        noted = Dataset("n", version.digest, "datasets", version.source)
        tracking.log_inputs(run_id, [DatasetInput(noted, [InputTag(CONTEXT_TAG, "train")])])
        (reader,) = store.get_readers("n", 1)
        assert (reader.run_id, reader.context, reader.version) == (run_id, "train", 1)
        with pytest.raises(StillReadError, match=run_id):
            store.delete_versions("n", 1)
        with pytest.raises(StillReadError):
            store.delete_versions("n", None)
        tracking.set_run_stage(run_id, "deleted", 9)
        assert not store.get_readers("n", None)[0].is_active
        store.delete_versions("n", None)

    def test_uploads_without_a_version_are_forgotten(self, store: DatasetStore) -> None:
        """Those that came before an instant; never what a version has."""
        used, idle = add(store, "u"), add(store, "i")
        young = add(store, "y", now_ms=LATER)
        commit(store, "n", "u")
        assert store.forget_unused(LATER) == [idle]
        assert store.find_missing([digest_of("u"), digest_of("y")]) == []
        assert store.forget_unused(LATER + 1) == [young]
        assert store.get_chunks("n", 1)[0].pack == used

    def test_versions_of_many_threads_have_different_numbers(self, store: DatasetStore) -> None:
        """And each is whole."""
        texts = [f"text {number}" for number in range(12)]

        def keep_one(text: str) -> DatasetVersion:
            return keep(store, "n", "common", text)

        with ThreadPoolExecutor(6) as pool:
            kept = list(pool.map(keep_one, texts))
        assert sorted(one.version for one in kept) == list(range(1, 13))
        assert sum(one.new_bytes for one in kept) == len("common") + sum(map(len, texts))
