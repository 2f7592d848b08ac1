"""The built UI."""

import asyncio
import os

import pytest

from epochal.errors import EndpointNotFoundError
from epochal.server.pages import Pages
from fixtures.exchanges import Line, exchange


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<html>one")
    (tmp_path / "favicon.svg").write_text("<svg/>")
    (tmp_path / "assets/index-Ab3_dE7h.js").write_text("1")
    (tmp_path / "assets/notes.exe").write_text("x")
    return tmp_path


def ask(pages, path):
    line = Line()
    asyncio.run(pages.answer(exchange(line), path))
    return line


@pytest.mark.parametrize("path", ["/", "/index.html"])
def test_the_index_is_asked_for_each_time(folder, path):
    """So that a new version is seen; scripts come from here only."""
    line = ask(Pages(folder=folder), path)
    assert line.body == b"<html>one"
    assert line.headers[b"cache-control"] == b"no-cache"
    policy = line.headers[b"content-security-policy"].decode()
    assert "default-src 'self'" in policy
    assert "script-src" not in policy


def test_hashed_files_are_kept_for_ever(folder):
    """Their names change with their content; others are asked for again."""
    pages = Pages(folder=folder)
    assert b"immutable" in ask(pages, "/assets/index-Ab3_dE7h.js").headers[b"cache-control"]
    assert ask(pages, "/favicon.svg").headers[b"cache-control"] == b"no-cache"


def test_a_rebuilt_ui_is_seen(folder):
    """Without a restart."""
    pages = Pages(folder=folder)
    ask(pages, "/")
    (folder / "index.html").write_text("<html>two")
    os.utime(folder / "index.html", (1, 1))
    assert ask(pages, "/").body == b"<html>two"


@pytest.mark.parametrize("path", ["/none", "/../x", "/assets/notes.exe", "/assets", "//", "/./"])
def test_other_names_are_not_found(folder, path):
    """Only files that were found in the folder, of types that a UI has."""
    with pytest.raises(EndpointNotFoundError):
        ask(Pages(folder=folder), path)


def test_a_source_tree_without_the_ui_says_how_to_build_it(tmp_path):
    """In place of the page."""
    line = ask(Pages(folder=tmp_path / "none"), "/")
    assert b"make ui" in line.body
    assert line.status == 503


def test_a_prefix_is_led_to_its_slash(folder):
    """Relative links then work."""
    pages = Pages("/p", folder)
    assert ask(pages, "/p").headers[b"location"] == b"/p/"
    assert ask(pages, "/p/").body == b"<html>one"
    with pytest.raises(EndpointNotFoundError):
        ask(pages, "/")
