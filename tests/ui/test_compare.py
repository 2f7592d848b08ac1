"""One checks runs in the table and sees them side by side."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


@pytest.fixture
def comparison(watched):
    """The first three runs of the demo's experiment, compared by the button of the table."""
    page = watched.page
    page.get_by_test_id("experiment-list").get_by_text("flights-air-time").click()
    rows = page.get_by_test_id("run-row")
    expect(rows).to_have_count(10)
    for index in range(3):
        rows.nth(index).get_by_role("checkbox").check()
    page.get_by_role("button", name="Compare 3 runs").click()
    expect(page.get_by_test_id("compare-run")).to_have_count(3)
    return page


def test_only_differences_stand_side_by_side_until_all_are_asked_for(comparison):
    """Each shown row differs between the runs; all rows show on demand, and the address says so."""
    rows = comparison.get_by_test_id("compare-row")
    metric = comparison.locator('[data-key="metrics.rmse"]')
    expect(metric.get_by_role("cell")).to_have_count(3)
    cells = rows.evaluate_all(
        """rows => rows.map(row =>
            [...row.querySelectorAll('[role="cell"]')].map(cell => cell.title || cell.innerText))"""
    )
    assert cells
    assert all(len(set(values)) > 1 for values in cells)
    same = comparison.locator('[data-key="attributes.Status"]')
    expect(same).to_have_count(0)
    comparison.get_by_test_id("differences-only").uncheck()
    expect(same).to_contain_text("FINISHED")
    comparison.reload()
    expect(same).to_contain_text("FINISHED")


def test_the_smallest_error_is_marked_as_the_best(comparison):
    """Of the errors the smallest is marked, and a click on the arrow turns that round."""
    row = comparison.locator('[data-key="metrics.rmse"]')
    values = [
        float(title)
        for title in row.get_by_role("cell").evaluate_all("cells => cells.map(c => c.title)")
    ]
    marked = row.locator(".is-best")
    expect(marked).to_have_attribute("title", str(min(values)))
    row.get_by_role("button", name="rmse: lower is better").click()
    expect(marked).to_have_attribute("title", str(max(values)))


def test_a_run_is_taken_out_and_back_again(comparison):
    """The cross of a run takes its column away; the back button of the browser brings it back."""
    comparison.get_by_test_id("compare-run").first.get_by_role("button").click()
    expect(comparison.get_by_test_id("compare-run")).to_have_count(2)
    expect(comparison.get_by_role("heading", name="Compare 2 runs")).to_be_visible()
    comparison.go_back()
    expect(comparison.get_by_test_id("compare-run")).to_have_count(3)


def test_an_address_of_mlflow_opens_the_same_page(comparison, demo):
    """Links that were made for MLflow's comparison work here."""
    ids = comparison.url.rpartition("runs=")[2].replace("%2C", ",").split(",")
    asked = "%5B" + ",".join(f"%22{run_id}%22" for run_id in ids) + "%5D"
    comparison.goto(f"{demo}/#/compare-runs?runs={asked}&experiments=%5B%221%22%5D")
    comparison.reload()
    expect(comparison.get_by_test_id("compare-run")).to_have_count(3)
