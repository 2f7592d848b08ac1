"""One looks at the datasets of a store and at what changed between their versions."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


@pytest.fixture
def page(watched_gallery, gallery):
    """The page of the dataset, come to by the list."""
    page = watched_gallery.page
    page.goto(f"{gallery.address}/#/datasets")
    expect(page.get_by_test_id("dataset-list")).to_contain_text("Flights of a year")
    page.get_by_role("searchbox", name="Find by name").fill("fli")
    page.get_by_role("link", name="flights").click()
    return page


def test_a_version_shows_its_columns_and_how_to_load_it(page):
    """The newest first, with plots, and the line that loads it."""
    expect(page.get_by_role("heading", name="flights v2")).to_be_visible()
    expect(page.get_by_test_id("versions").get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_text('mlflow.load_dataset("datasets:/flights/2")')).to_be_visible()
    columns = page.get_by_test_id("dataset-columns").locator("tbody tr")
    expect(columns).to_have_count(5)
    delay = columns.filter(has_text="delay")
    expect(delay).to_contain_text("10 %")
    expect(delay.get_by_role("img", name="Distribution of delay")).to_be_visible()


def test_rows_are_read_as_they_come_into_sight(page):
    """From the first to the last."""
    page.get_by_test_id("tab-rows").click()
    table = page.get_by_test_id("table-preview")
    expect(table).to_contain_text("2,400 rows, 5 columns")
    table.locator(".TablePreview-scroll").evaluate("each => each.scrollTo(0, 1e9)")
    last = table.locator('tr[aria-rowindex="2401"]')
    expect(last).to_contain_text("JFK")


def test_two_versions_are_compared(page):
    """Rows, columns, and how far each column moved; the farthest first."""
    page.get_by_test_id("tab-changes").click()
    changes = page.get_by_test_id("changes")
    expect(changes).to_contain_text("2,000 → 2,400 (+400)")
    expect(changes).to_contain_text("origin")
    moved = page.get_by_test_id("drift").locator("tbody tr")
    expect(moved.filter(has_text="distance")).to_contain_text("large")
    expect(moved.filter(has_text="carrier")).to_contain_text("stable")
    page.get_by_test_id("versions").get_by_text("v1").click()
    expect(changes).to_contain_text("2,400 → 2,000")
    page.go_back()
    expect(changes).to_contain_text("2,000 → 2,400 (+400)")


def test_lineage_leads_to_the_run_and_back(page):
    """Who made it and read it; the run's inputs name the version."""
    page.get_by_test_id("tab-lineage").click()
    page.get_by_test_id("lineage").get_by_role("link", name="gallery-1").first.click()
    page.get_by_test_id("dataset").locator("summary").click()
    page.get_by_role("link", name="datasets:/flights/2").click()
    expect(page.get_by_role("heading", name="flights v2")).to_be_visible()


def test_what_is_not_there_says_so(watched_gallery, gallery):
    """A dataset and a version that are not there, and a name that nothing has."""
    page = watched_gallery.page
    page.goto(f"{gallery.address}/#/datasets/nothing")
    expect(page.get_by_test_id("error-box")).to_contain_text("There is no such dataset.")
    page.goto(f"{gallery.address}/#/datasets/flights?version=9")
    expect(page.get_by_test_id("empty-state")).to_contain_text("There is no version 9")
    page.goto(f"{gallery.address}/#/datasets?find=zzz")
    expect(page.get_by_test_id("empty-state")).to_contain_text("No dataset's name contains")
    watched_gallery.forgive("404")
