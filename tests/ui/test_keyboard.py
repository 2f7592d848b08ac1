"""One works without a mouse, and with a server that goes away."""

from __future__ import annotations

import contextlib

from playwright.sync_api import expect

from fixtures.pages import watching
from fixtures.servers import epochal_server


def test_a_dialog_gives_the_focus_back(watched_sweep, sweep):
    """After Escape the focus is where it was, also when a menu led to the dialog."""
    page = watched_sweep.page
    page.goto(sweep.page("sweep"))
    actions = page.get_by_role("button", name="Actions for this experiment")
    actions.press("Enter")
    page.get_by_role("menuitem", name="Rename…").press("Enter")
    expect(page.get_by_role("dialog", name="Rename experiment")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(actions).to_be_focused()


def test_the_first_tab_leads_past_the_navigation(watched_sweep, sweep):
    """The first stop of the Tab key skips to the content."""
    page = watched_sweep.page
    page.goto(sweep.page("sweep"))
    expect(page.get_by_test_id("run-row").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_a_server_that_went_away_is_noticed(browser, tmp_path):
    """A quiet page says within seconds that the server does not answer."""
    with contextlib.ExitStack() as server:
        address = server.enter_context(epochal_server(tmp_path))
        with watching(browser, address) as watched:
            light = watched.page.get_by_test_id("connection")
            expect(light).to_have_text("Connected")
            server.close()
            expect(light).to_have_text("Server unreachable", timeout=9000)
            watched.forgive("ERR_CONNECTION_REFUSED")
