"""One is helped while typing a filter."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


@pytest.fixture
def box(watched_sweep, sweep):
    """The box for filters, of the sweep."""
    watched_sweep.page.goto(sweep.page("sweep"))
    expect(watched_sweep.page.get_by_test_id("run-row")).to_have_count(6)
    return watched_sweep.page.get_by_test_id("query-bar")


def test_a_filter_is_written_from_the_keyboard_alone(watched_sweep, box):
    """Arrows choose, Tab and Enter take, Escape closes; what is written filters the runs."""
    page = watched_sweep.page
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    box.click()
    box.press_sequentially("tags.mod")
    expect(options.first).to_contain_text("tags.model")
    page.keyboard.press("Tab")
    expect(box).to_have_value("tags.model ")
    box.press_sequentially("= ")
    expect(options.filter(has_text="lasso")).to_be_visible()
    box.press_sequentially("'la")
    expect(options).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    page.keyboard.press("Enter")
    expect(box).to_have_value("tags.model = 'lasso' ")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("run-row")).to_have_count(2)


def test_a_mistake_is_underlined_where_it_stands(watched_sweep, box):
    """A wrong field is explained with an example, and its characters are underlined."""
    box.fill("metrics.rmse < 5 AND color = 'red'")
    watched_sweep.page.keyboard.press("Escape")
    watched_sweep.page.keyboard.press("Enter")
    expect(watched_sweep.page.get_by_test_id("query-error")).to_contain_text("color")
    expect(watched_sweep.page.locator(".QueryBar-underline mark")).to_have_text("color")
    watched_sweep.forgive("status of 400")
