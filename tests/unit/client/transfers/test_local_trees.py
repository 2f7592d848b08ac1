"""What of a folder can be kept."""

from __future__ import annotations

import os
import socket

import pytest

from epochal.client.transfers import local_trees
from epochal.errors import InvalidParameterError, InvalidPathError


def paths(found):
    return [file.path for file in found]


def test_files_and_folders_get_their_paths(tmp_path):
    """A file keeps its name, a folder too, and what lies below it its place."""
    (tmp_path / "d/e").mkdir(parents=True)
    (tmp_path / "d/b").write_bytes(b"12")
    (tmp_path / "d/e/a").touch()
    assert paths(local_trees.gather(tmp_path / "d/b", None)) == ["b"]
    assert paths(local_trees.gather(tmp_path / "d/b", "x/")) == ["x/b"]
    assert paths(local_trees.gather(tmp_path / "d", "x")) == ["x/d/b", "x/d/e/a"]
    found = local_trees.gather_folder(str(tmp_path / "d"), None)
    assert paths(found) == ["b", "e/a"]
    assert [file.size for file in found] == [2, 0]


def test_what_cannot_be_kept_costs_a_warning_and_nothing_else(tmp_path, caplog, monkeypatch):
    """Dangling links, pipes, sockets, links to folders and unreadable files are named."""
    (tmp_path / "good").touch()
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "linked").symlink_to(tmp_path / "good")
    (tmp_path / "folder").symlink_to(tmp_path.parent)
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)  # the names of sockets are short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        found = local_trees.gather_folder(tmp_path, None)
    assert paths(found) == ["good", "linked"]
    for name in ("dangling", "pipe", "socket", "folder"):
        assert f"{name}'" in caplog.text


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_files_are_named(tmp_path, caplog):
    """A file without permission is left out of a folder, and refused by itself."""
    (tmp_path / "secret").touch(mode=0)
    assert local_trees.gather_folder(tmp_path, None) == []
    assert "secret" in caplog.text
    with pytest.raises(InvalidParameterError, match="may not be read"):
        local_trees.gather(tmp_path / "secret", None)


def test_single_files_that_cannot_be_kept_are_errors(tmp_path):
    """Whoever names one file wants that one."""
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    for name in ("dangling", "pipe", "absent"):
        with pytest.raises(InvalidParameterError, match=name):
            local_trees.gather(tmp_path / name, None)
    with pytest.raises(InvalidParameterError, match="No such folder"):
        local_trees.gather_folder(tmp_path / "pipe", None)


@pytest.mark.parametrize("target", ["../x", "/x", "a\\b", "a/../b", "%2e%2e/x"])
def test_paths_are_checked_before_anything_is_read(tmp_path, target):
    """No spelling of a target leads out of the run."""
    (tmp_path / "a").touch()
    with pytest.raises(InvalidPathError):
        local_trees.gather(tmp_path / "a", target)
    with pytest.raises(InvalidPathError):
        local_trees.gather_folder(tmp_path, target)
