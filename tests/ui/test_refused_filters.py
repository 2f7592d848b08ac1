"""A filter that is refused, or not yet finished, never looks like an answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

REFUSED = "The filter was not understood"


@pytest.mark.parametrize(
    "rest", ["?filter=(((", "?filter=(((&group=tags.model", "/charts?filter=((("]
)
def test_an_address_with_a_wrong_filter_says_so_on_every_tab(watched_sweep, sweep, rest):
    """Table, groups and charts show the server's reason instead of finding nothing."""
    page = watched_sweep.page
    page.goto(sweep.page("sweep", rest))
    expect(page.get_by_test_id("query-error")).to_be_visible()
    expect(page.get_by_text(REFUSED)).to_be_visible()
    expect(page.get_by_text("No run matches")).to_have_count(0)
    watched_sweep.forgive("status of 400")


def test_a_refused_filter_leaves_what_was_found_and_its_count(watched_sweep, sweep):
    """Below the error the runs found before stay, dimmed and counted as they were."""
    page = watched_sweep.page
    page.goto(sweep.page("many"))
    footer = page.get_by_test_id("runs-footer")
    expect(footer).to_contain_text("120 runs, 100 loaded")
    box = page.get_by_test_id("query-bar")
    box.fill("params.p = 'a' AND rnu_name = 'x'")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("query-error")).to_contain_text("rnu_name")
    expect(page.locator(".QueryBar-box.is-pending")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".RunsTable.is-stale")).to_be_visible()
    expect(page.get_by_test_id("query-error")).to_contain_text("rnu_name")
    expect(footer).to_contain_text("120 runs, 100 loaded")
    watched_sweep.forgive("status of 400")


def test_the_start_of_a_field_keeps_the_runs_until_enter(watched_sweep, sweep):
    """`par` may become a param: the table waits; with Enter it is the word of a name."""
    page = watched_sweep.page
    page.goto(sweep.page("sweep"))
    expect(page.get_by_test_id("run-row")).to_have_count(6)
    page.get_by_test_id("query-bar").press_sequentially("par")
    expect(page.locator(".QueryBar-box.is-pending")).to_be_visible()
    page.wait_for_timeout(600)
    expect(page.get_by_test_id("run-row")).to_have_count(6)
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No run matches")).to_be_visible()
