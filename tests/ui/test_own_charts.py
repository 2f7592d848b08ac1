"""One looks at all runs as charts, and adds charts of one's own."""

from __future__ import annotations

import json
import urllib.request

import pytest
from playwright.sync_api import expect


def keep(address, text):
    """Write the tag that keeps the charts of the demo's experiment."""
    body = {"experiment_id": "1", "key": "epochal.charts", "value": text}
    request = urllib.request.Request(
        f"{address}/api/2.0/mlflow/experiments/set-experiment-tag",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    urllib.request.urlopen(request).close()


@pytest.fixture
def charts(watched, demo):
    """The tab Charts of the demo's experiment, to which nobody has added a chart."""
    keep(demo, "")
    page = watched.page
    page.get_by_test_id("experiment-list").get_by_text("flights-air-time").click()
    page.get_by_test_id("tab-charts").click()
    expect(page.get_by_test_id("pane-run")).to_have_count(10)
    return page


def add_chart(page, title):
    """Add a scatter of one error against the other."""
    page.get_by_test_id("add-chart").click()
    editor = page.get_by_test_id("chart-editor")
    editor.get_by_role("button", name="Scatter").click()
    editor.get_by_label("Across").select_option("metrics.mae")
    editor.get_by_label("Upwards").select_option("rmse")
    editor.get_by_label("Title").fill(title)
    editor.get_by_role("button", name="Add chart").click()
    expect(editor).to_have_count(0)


def test_runs_are_drawn_together_and_an_eye_hides_one(charts):
    """A metric with steps is drawn, one without is a bar for each run; an eye takes a run out."""
    expect(
        charts.get_by_test_id("metric-panel-valid_rmse").get_by_test_id("line-chart")
    ).to_be_visible()
    bars = charts.get_by_test_id("metric-panel-rmse").get_by_role("listitem")
    charts.get_by_test_id("metric-panel-rmse").scroll_into_view_if_needed()
    expect(bars).to_have_count(10)
    charts.get_by_test_id("pane-run").first.get_by_role("button").click()
    expect(charts.get_by_text("9 of 10 drawn")).to_be_visible()
    expect(bars).to_have_count(9)


def test_runs_selected_in_the_table_are_those_that_are_drawn(charts):
    """Checking two runs in the table shows these two in the charts."""
    charts.get_by_test_id("tab-runs").click()
    for index in range(2):
        charts.get_by_test_id("run-row").nth(index).get_by_role("checkbox").check()
    charts.get_by_test_id("tab-charts").click()
    expect(charts.get_by_text("2 of 10 drawn")).to_be_visible()


def test_an_added_chart_is_kept_and_its_removal_can_be_undone(charts):
    """The chart is there after a new visit, leaves when removed, and comes back by Undo."""
    add_chart(charts, "Error by error")
    kept = charts.get_by_test_id("kept-charts")
    expect(kept.get_by_test_id("scatter-chart").get_by_role("link")).to_have_count(10)
    charts.reload()
    expect(kept.get_by_role("heading", name="Error by error")).to_be_visible()
    kept.get_by_role("button", name="Menu of Error by error").click()
    charts.get_by_role("menuitem", name="Remove").click()
    expect(kept).to_have_count(0)
    charts.get_by_test_id("toast").get_by_role("button", name="Undo").click()
    expect(kept.get_by_role("heading", name="Error by error")).to_be_visible()


def test_a_point_of_a_chart_leads_to_its_run(charts):
    """A click on a point opens the page of that run."""
    add_chart(charts, "Points")
    point = charts.get_by_test_id("scatter-chart").get_by_role("link").first
    name = point.get_attribute("aria-label").partition(":")[0]
    point.click(force=True)
    expect(charts.get_by_test_id("run-name")).to_contain_text(name)


def test_a_tag_that_cannot_be_read_does_not_break_the_page(charts, demo):
    """The page says so and shows its other charts."""
    for text, said in (("{", "not readable"), ('{"charts":[{"kind":"moon"}]}', "does not know")):
        keep(demo, text)
        charts.reload()
        expect(charts.get_by_test_id("kept-charts")).to_contain_text(said)
        expect(charts.get_by_test_id("metric-panel-valid_rmse")).to_be_visible()
