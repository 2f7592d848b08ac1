"""From a URI to the files of a store."""

from pathlib import Path

import pytest

from epochal.errors import InvalidParameterError
from epochal.settings import default_folder, flag, is_remote, journal_folder, locate_store


def test_the_nearest_folder_upward_is_the_default(tmp_path):
    """Like git finds its repository; without one the working folder gets it."""
    (tmp_path / ".epochal").mkdir()
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert default_folder(deep) == tmp_path / ".epochal"
    (deep / ".epochal").mkdir()
    assert default_folder(deep) == deep / ".epochal"


def test_the_search_does_not_leave_a_checkout(tmp_path):
    """A store above a repository is another project's."""
    (tmp_path / ".epochal").mkdir()
    inner = tmp_path / "repository" / "deep"
    inner.mkdir(parents=True)
    (tmp_path / "repository" / ".git").mkdir()
    assert default_folder(inner) == inner / ".epochal"
    (tmp_path / "repository" / ".epochal").mkdir()
    assert default_folder(inner) == tmp_path / "repository" / ".epochal"


def test_the_search_ends_below_home_and_shared_folders(tmp_path, monkeypatch):
    """What others may write, as they may /tmp, is not trusted; home is nobody's project."""
    deep = tmp_path / "shared" / "mine"
    deep.mkdir(parents=True)
    (tmp_path / "shared" / ".epochal").mkdir()
    (tmp_path / "shared").chmod(0o1777)
    assert default_folder(deep) == deep / ".epochal"
    (tmp_path / "shared").chmod(0o755)
    assert default_folder(deep) == tmp_path / "shared" / ".epochal"
    monkeypatch.setenv("HOME", str(tmp_path / "shared"))
    assert default_folder(deep) == deep / ".epochal"
    assert default_folder(tmp_path / "shared") == tmp_path / "shared" / ".epochal"


@pytest.mark.parametrize("uri", ["{0}/store", "file://{0}/store", "file:{0}/store"])
def test_a_folder_holds_database_artifacts_and_journal(tmp_path, uri):
    """Plain paths and file: URIs name the same folder."""
    found = locate_store(uri.format(tmp_path))
    assert found.database_url == f"sqlite:///{tmp_path}/store/epochal.db"
    assert found.artifact_folder == tmp_path / "store" / "artifacts"
    assert found.journal_folder == tmp_path / "store" / "journal"


def test_a_database_file_keeps_its_files_beside_itself(tmp_path, monkeypatch):
    """Relative with three slashes, absolute with four."""
    monkeypatch.chdir(tmp_path)
    for uri in ("sqlite:///x.db", f"sqlite:///{tmp_path}/x.db"):
        found = locate_store(uri)
        assert found.database_url == f"sqlite:///{tmp_path}/x.db"
        assert found.artifact_folder == tmp_path / "x.epochal" / "artifacts"


def test_spaces_and_escapes_in_paths(tmp_path):
    """A file: URI is decoded once."""
    assert locate_store(f"file://{tmp_path}/a%20b").artifact_folder == Path(
        tmp_path / "a b" / "artifacts"
    )


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2"])
def test_every_spelling_of_postgresql_means_one_driver(scheme):
    """The URL is normalised, the rest kept."""
    assert locate_store(f"{scheme}://u:p@h:5433/db").database_url == "postgresql://u:p@h:5433/db"


@pytest.mark.parametrize("uri", ["mysql://h/db", "sqlite://", "sqlite:///", "ftp://x", "file://"])
def test_other_stores_are_refused_with_what_would_be_right(uri):
    """The message shows the value and the right forms."""
    with pytest.raises(InvalidParameterError, match="use "):
        locate_store(uri)


def test_journals_of_servers_lie_in_the_users_state_folder(tmp_path, monkeypatch):
    """One folder per server, without credentials in its name."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    folder = journal_folder("http://user:secret@host:5000/prefix")
    assert folder.parent == tmp_path / "epochal" / "journal"
    assert "secret" not in folder.name
    assert folder != journal_folder("http://host:5001/prefix")


def test_remote_and_flags():
    """http(s) is remote; switches read the usual words."""
    assert is_remote("https://h")
    assert not is_remote("sqlite:///x.db")
    assert flag("F", default=True, environ={"F": "off"}) is False
    assert flag("F", default=False, environ={"F": "1"}) is True
    assert flag("F", default=True, environ={}) is True
