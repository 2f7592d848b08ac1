"""Files that wait, on disk."""

from __future__ import annotations

import os
import shutil
from types import SimpleNamespace

import pytest

from epochal.client.transfers import parcels
from epochal.client.transfers.parcels import Label, NoRoomError


@pytest.fixture
def folder(tmp_path):
    """That of a writer."""
    (tmp_path / "writer/parcels").mkdir(parents=True)
    return tmp_path / "writer"


def place(folder, name="1"):
    return str(folder / "parcels" / f"{name}.parcel")


def content_of(parcel):
    with parcel.open() as content:
        return content.read()


@pytest.mark.parametrize("size", [0, 10, parcels.SMALL_BYTES, parcels.SMALL_BYTES + 1, 3_000_000])
def test_files_come_back_as_they_were_logged(folder, tmp_path, size):
    """What becomes of the original later does not matter."""
    data = os.urandom(size)
    (tmp_path / "a").write_bytes(b"skip" + data)
    with (tmp_path / "a").open("rb") as source:
        source.seek(4)
        packed = parcels.pack_file(place(folder), Label("run", "d/é.bin", 7), source, size)
    (tmp_path / "a").write_bytes(b"changed")
    assert content_of(packed) == data
    (found,) = parcels.read_parcels(place(folder))
    assert (found.key, found.size, found.logged_ms) == (("run", "d/é.bin"), size, 7)
    assert content_of(found) == data
    assert found.content is None


def test_small_ones_share_a_crate_that_goes_with_the_last(folder):
    """Each is read by itself; the file is removed when all were taken out."""
    items = [(Label("run", f"{n}", n), bytes([n]) * n) for n in range(5)]
    packed = parcels.pack_small(place(folder), items)
    found = parcels.read_parcels(place(folder))
    assert [content_of(parcel) for parcel in packed] == [data for _, data in items]
    assert [content_of(parcel) for parcel in found] == [data for _, data in items]
    for parcel in packed:
        assert (folder / "parcels/1.parcel").exists()
        parcel.crate.take_out()
    assert not (folder / "parcels/1.parcel").exists()


def test_unfinished_parcels_are_not_there(folder, tmp_path):
    """Wherever a process died while it packed, what was whole is found and nothing else."""
    items = [(Label("run", name, 1), b"x" * 100) for name in "ab"]
    parcels.pack_small(place(folder), items)
    data = (folder / "parcels/1.parcel").read_bytes()
    for size in range(len(data)):
        (folder / "parcels/1.parcel").write_bytes(data[:size])
        names = [parcel.path for parcel in parcels.read_parcels(place(folder))]
        assert names == ["a"][: size >= len(data) // 2]
    with (tmp_path / "long").open("wb") as file:
        file.write(b"x" * 1_000_000)
    with (tmp_path / "long").open("rb") as source:
        parcels.pack_file(place(folder, "2"), Label("run", "long", 1), source, 1_000_000)
    with (folder / "parcels/2.parcel").open("r+b") as file:
        file.write(bytes(100))  # its head comes last
    assert list(parcels.iter_left(str(folder))) == [place(folder)]
    assert list((folder / "parcels").iterdir()) == [folder / "parcels/1.parcel"]
    assert list(parcels.iter_left(str(folder / "nothing"))) == []


def test_flipped_bits_in_a_head_are_noticed(folder):
    """A head that does not match its checksum is none."""
    parcels.pack_small(place(folder), [(Label("run", "a", 1), b"x")])
    data = bytearray((folder / "parcels/1.parcel").read_bytes())
    data[12] ^= 1
    (folder / "parcels/1.parcel").write_bytes(data)
    assert parcels.read_parcels(place(folder)) == []


def test_full_disks_are_told_and_leave_nothing(folder, tmp_path, monkeypatch):
    """The last of a disk is left to others; then whoever logs sends the file itself."""
    (tmp_path / "a").write_bytes(b"x" * 1_000_000)
    usage = SimpleNamespace(total=10**12, used=0, free=10**6)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with (tmp_path / "a").open("rb") as source, pytest.raises(NoRoomError, match="left"):
        parcels.pack_file(place(folder), Label("run", "a", 1), source, 1_000_000)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(NoRoomError, match="No space"):
        parcels.pack_small(place(folder), [(Label("run", "a", 1), b"x")])
    assert list((folder / "parcels").iterdir()) == []


def test_copy_without_help_of_the_kernel(folder, tmp_path, monkeypatch):
    """Where the system cannot copy files itself, they are read and written."""
    data = os.urandom(1_000_000)
    (tmp_path / "a").write_bytes(data)

    def refuse(*_):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "copy_file_range", refuse, raising=False)
    with (tmp_path / "a").open("rb") as source:
        packed = parcels.pack_file(place(folder), Label("run", "a", 1), source, len(data))
    assert content_of(packed) == data


def test_one_parcel_is_put_aside_alone(folder, tmp_path):
    """It leaves its crate with all that it says about itself."""
    first, second = parcels.pack_small(
        place(folder), [(Label("run", name, 1), name.encode()) for name in "ab"]
    )
    parcels.copy_alone(first, str(tmp_path / "aside.parcel"))
    (kept,) = parcels.read_parcels(str(tmp_path / "aside.parcel"))
    assert (kept.path, content_of(kept)) == ("a", b"a")
    second.crate.take_out()
    assert not (folder / "parcels/1.parcel").exists()
