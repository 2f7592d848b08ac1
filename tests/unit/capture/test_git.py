"""Reading the commit from repositories that git itself made."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from epochal.capture.git import find_checkout, without_credentials

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git makes the repositories")


def git(folder, *arguments):
    identity = [
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.org",
        "-c",
        "commit.gpgsign=false",
    ]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "trunk")
    (folder / "train.py").write_text("pass")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    git(folder, "remote", "add", "origin", "https://user:secret@example.org/team/repo.git")
    return folder


def test_commit_branch_and_url(repository):
    """What a script's repository says, without the password in its URL."""
    found = find_checkout(repository / "train.py")
    assert found.commit == git(repository, "rev-parse", "HEAD")
    assert found.branch == "trunk"
    assert found.url == "https://example.org/team/repo.git"


def test_subfolders_packed_and_detached(repository):
    """Found from below, from packed refs, and with no branch checked out."""
    (repository / "deep/er").mkdir(parents=True)
    git(repository, "pack-refs", "--all")
    commit = git(repository, "rev-parse", "HEAD")
    assert find_checkout(repository / "deep/er").commit == commit
    git(repository, "checkout", "-q", "--detach")
    found = find_checkout(repository)
    assert (found.commit, found.branch) == (commit, None)


def test_linked_worktrees(repository, tmp_path):
    """A worktree's own branch and the shared remote."""
    git(repository, "worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    found = find_checkout(tmp_path / "side")
    assert (found.branch, found.url) == ("side", "https://example.org/team/repo.git")
    assert found.commit == git(repository, "rev-parse", "HEAD")


def test_no_commit_no_checkout(tmp_path):
    """A folder outside of any repository, and one before its first commit, have none."""
    git(tmp_path, "init", "-q")
    assert find_checkout(tmp_path / "script.py") is None
    (tmp_path / ".git/HEAD").write_text("ref: refs/heads/../../../etc/passwd")
    assert find_checkout(tmp_path) is None
    (tmp_path / ".git/HEAD").write_bytes(b"\xff\xfe")
    assert find_checkout(tmp_path) is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://u:p@h.org/a.git", "https://h.org/a.git"),
        ("https://token@h.org/a.git", "https://h.org/a.git"),
        ("git@h.org:a.git", "git@h.org:a.git"),
        ("/srv/a.git", "/srv/a.git"),
    ],
)
def test_credentials_are_dropped(given, kept):
    """No secret of a remote's URL becomes a tag."""
    assert without_credentials(given) == kept
