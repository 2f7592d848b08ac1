"""Files that runs keep are foreign: looking at them gives them nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


@pytest.fixture
def page(watched_gallery, gallery):
    """A page, and what the browser refuses is told apart from what our pages do wrong."""
    yield watched_gallery.page
    watched_gallery.forgive("Content Security Policy")
    watched_gallery.forgive("sandboxed")
    assert all("beacon" in url for url in watched_gallery.strangers)
    watched_gallery.strangers.clear()
    assert watched_gallery.page.evaluate("window.hacked === undefined")


def test_a_page_stands_still_and_is_styled(page, gallery):
    """Without scripts, in an origin of its own."""
    page.goto(gallery.files("report.html"))
    element = page.get_by_test_id("html-preview")
    expect(element).to_have_attribute("sandbox", "")
    text = page.frame_locator('[data-testid="html-preview"]').locator("#out")
    expect(text).to_have_text("still")
    assert text.evaluate("each => getComputedStyle(each).color") == "rgb(1, 2, 3)"


def test_scripts_of_a_page_reach_nothing(page, gallery):
    """On demand they run: neither our page, nor cookies, nor the server are theirs."""
    page.goto(gallery.files("report.html"))
    page.get_by_test_id("run-scripts").check()
    text = page.frame_locator('[data-testid="html-preview"]').locator("#out")
    expect(text).to_have_text(
        "parent:refused cookie:refused storage:refused top:refused fetch:refused"
    )
    assert "hacked" not in page.url


def test_a_page_opened_by_its_address_is_shut_in_as_well(page, gallery):
    """The server itself says so."""
    page.goto(
        f"{gallery.address}/api/epochal/v1/artifacts/page"
        f"?run_id={gallery.runs[0]}&path=report.html"
    )
    expect(page.locator("#out")).to_contain_text("cookie:refused storage:refused")
    expect(page.locator("#out")).to_contain_text("fetch:refused")
    page.goto(gallery.address)


def test_a_notebook_shows_what_it_put_out_and_runs_nothing(page, gallery):
    """Tables stay tables; scripts and handlers are gone."""
    page.goto(gallery.files("explore.ipynb"))
    notebook = page.get_by_test_id("notebook")
    expect(notebook).to_contain_text("Delays")
    expect(notebook.get_by_role("cell", name="7.1")).to_be_visible()
    expect(notebook).to_contain_text("KeyError: 'x'")
    expect(notebook.locator("script, [onerror]")).to_have_count(0)


def test_a_drawing_and_a_text_run_nothing(page, gallery):
    """An SVG is a picture, and Markdown has no scripts."""
    page.goto(gallery.files("evil.svg"))
    expect(page.get_by_test_id("image-preview")).to_be_visible()
    page.goto(gallery.files("notes.md"))
    expect(page.get_by_test_id("markdown")).to_contain_text("a bold word")
