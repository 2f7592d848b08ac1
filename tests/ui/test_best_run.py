"""One opens the demo's experiment, finds the best run and looks into it."""

from __future__ import annotations

import json
import urllib.request

import pytest
from playwright.sync_api import expect


def best_run(address):
    """The best run, as the API knows it."""
    body = json.dumps(
        {"experiment_ids": ["1"], "order_by": ["metrics.rmse ASC"], "max_results": 1}
    ).encode()
    request = urllib.request.Request(
        f"{address}/api/2.0/mlflow/runs/search", body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["runs"][0]


def values(run, kind):
    """Params, tags or metrics of a run as a dictionary."""
    return {item["key"]: item["value"] for item in run["data"][kind]}


@pytest.fixture
def table(watched):
    """The demo's experiment, opened from the list of experiments."""
    watched.page.get_by_test_id("experiment-list").get_by_text("flights-air-time").click()
    expect(watched.page.get_by_test_id("run-row")).to_have_count(10)
    return watched.page


@pytest.fixture
def run_page(table, demo):
    """The page of the best run, opened by its name in the sorted table."""
    sort_by_rmse(table)
    table.get_by_test_id("run-row").first.get_by_role("link").click()
    expect(table.get_by_test_id("run-name")).to_contain_text(best_run(demo)["info"]["run_name"])
    return table


def sort_by_rmse(page):
    """Click the head of the column until the smallest value stands on top."""
    head = page.locator('[role="columnheader"][data-column="metrics.rmse"]')
    for _ in range(3):
        if head.get_attribute("aria-sort") == "ascending":
            return
        head.get_by_role("button").click()
        page.wait_for_timeout(300)
    expect(head).to_have_attribute("aria-sort", "ascending")


def test_table_sorted_by_rmse_shows_the_best_run_first(table, demo):
    """After a click on rmse the first row is the run that the API calls the best."""
    sort_by_rmse(table)
    best = best_run(demo)
    first = table.get_by_test_id("run-row").first
    expect(first).to_have_attribute("id", f"run-{best['info']['run_id']}")
    cell = first.locator('[data-column="metrics.rmse"]')
    assert float(cell.get_attribute("title")) == values(best, "metrics")["rmse"]


def test_filter_by_tag_leaves_those_runs(table):
    """A filter in the search grammar leaves the five Lasso runs."""
    table.get_by_test_id("query-bar").fill("tags.model = 'lasso'")
    table.keyboard.press("Escape")
    table.keyboard.press("Enter")
    expect(table.get_by_test_id("run-row")).to_have_count(5)


def test_filter_that_is_wrong_is_explained_in_place(watched, table):
    """A slip in the filter is explained below the box, in the words of the server."""
    table.get_by_test_id("query-bar").fill("color = 'red'")
    table.keyboard.press("Escape")
    table.keyboard.press("Enter")
    expect(table.get_by_test_id("query-error")).to_contain_text("Invalid attribute key")
    # The browser itself notes each answer of 400 in its console; that is no complaint of ours.
    watched.complaints = [said for said in watched.complaints if "status of 400" not in said]


def test_run_page_shows_params_metrics_and_tags(run_page, demo):
    """The overview shows every param and tag, and every metric by its name."""
    best = best_run(demo)
    params = run_page.get_by_test_id("params-table")
    for key, value in values(best, "params").items():
        expect(params.get_by_text(key, exact=True)).to_be_visible()
        expect(params.get_by_text(value, exact=True).first).to_be_visible()
    for key in values(best, "metrics"):
        expect(run_page.get_by_test_id("metrics-table").get_by_text(key).first).to_be_visible()
    expect(run_page.get_by_test_id("tags-table").get_by_text("Ada")).to_be_visible()


def test_run_page_draws_the_metric_of_each_stage(run_page):
    """The charts hold the error after each stage as a line that is drawn, not a blank canvas."""
    run_page.get_by_test_id("tab-charts").click()
    panel = run_page.get_by_test_id("metric-panel-valid_rmse")
    expect(panel.get_by_test_id("line-chart")).to_be_visible()
    colours = panel.locator("canvas").first.evaluate(
        """canvas => {
            const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            return new Set(new Uint32Array(pixels.data.buffer)).size;
        }"""
    )
    assert colours > 5


def test_run_page_previews_an_image_and_a_table(run_page):
    """The plot of the residuals opens as an image and the missed flights as a table."""
    run_page.get_by_test_id("tab-artifacts").click()
    tree = run_page.get_by_role("tree")
    tree.get_by_role("treeitem").get_by_text("plots").click()
    tree.get_by_role("treeitem").get_by_text("residuals.png").click()
    image = run_page.get_by_test_id("image-preview")
    expect(image).to_be_visible()
    assert (
        image.evaluate("async image => { await image.decode(); return image.naturalWidth; }") > 300
    )
    tree.get_by_role("treeitem").get_by_text("tables").click()
    tree.get_by_role("treeitem").get_by_text("worst.json").click()
    expect(run_page.get_by_test_id("table-preview")).to_contain_text("missed_by")


def test_page_follows_the_theme_of_the_machine(watched):
    """A dark machine gets a dark page and a light one a light page."""
    is_dark = watched.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    red, green, blue = watched.page.evaluate(
        """() => {
            const canvas = document.createElement("canvas").getContext("2d");
            const shown = [document.querySelector("#root > *"), document.body];
            const painted = shown.map(element => getComputedStyle(element).backgroundColor);
            canvas.fillStyle = painted.find(colour => !/0\\)$/.test(colour)) ?? "white";
            canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
        }"""
    )
    assert (red + green + blue < 384) == is_dark
