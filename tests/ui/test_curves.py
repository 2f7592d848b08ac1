"""One looks closely at curves of many points."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from fixtures import sweep as data


@pytest.fixture
def panel(watched_sweep, sweep):
    """The chart of the loss of all runs."""
    watched_sweep.page.goto(sweep.page("sweep", "/charts"))
    found = watched_sweep.page.get_by_test_id("metric-panel-loss")
    expect(found.get_by_test_id("line-chart")).to_be_visible()
    return found


def points_of(panel, label):
    """The points that a chart shows of one curve, as steps and values."""
    page = panel.page
    panel.get_by_role("button", name="Menu of loss").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Download CSV").click()
    rows = [line.split(",") for line in download.value.path().read_text().splitlines()]
    return [(int(step), float(value)) for name, step, _, value in rows[1:] if name == label]


def is_sampling(request):
    return request.url.endswith("/metrics/sample")


def test_a_peak_stays_in_sight_of_a_thinned_curve(panel):
    """Of 3,000 points few are asked for, and the one that stands out is among them."""
    points = points_of(panel, "tuned-0")
    assert len(points) < 1000
    assert (data.PEAK_STEP, 9.0) in points


def test_zooming_asks_for_the_stretch_in_detail(panel):
    """A drag across the chart reads that stretch again, with every point of it."""
    page, box = panel.page, panel.get_by_test_id("line-chart").bounding_box()
    left, right, middle = box["x"] + 100, box["x"] + 160, box["y"] + 60
    with page.expect_request(is_sampling) as found:
        page.mouse.move(left, middle)
        page.mouse.down()
        page.mouse.move(right, middle, steps=5)
        page.mouse.up()
    body = json.loads(found.value.post_data)
    assert body["x"] == "step"
    assert 0 <= body["start"] < body["end"] < 3000
    expect(panel).to_contain_text("Double-click to zoom out")
    steps = [step for step, _ in points_of(panel, "tuned-0")]
    assert steps == list(range(body["start"], body["end"] + 1))


def test_all_panels_are_read_in_one_request(watched_sweep, sweep):
    """The curves of all runs and metrics in sight come with one answer."""
    page = watched_sweep.page
    asked = []
    page.on("request", lambda request: asked.append(request) if is_sampling(request) else None)
    page.goto(sweep.page("ranks", "/charts"))
    expect(page.get_by_test_id("metric-panel-loss").get_by_test_id("line-chart")).to_be_visible()
    assert len(asked) == 1
    keys = json.loads(asked[0].post_data)["keys"]
    assert set(keys) == {"loss", *(f"loss/rank:{rank}" for rank in range(data.RANKS))}


def test_a_rewound_run_shows_one_curve(watched_sweep, sweep):
    """What a rewind has put aside is no longer drawn."""
    run_id = sweep.runs["rewound"]
    sweep.post("epochal/v1/metrics/rewind", {"run_id": run_id, "step": 20})
    page = watched_sweep.page
    page.goto(sweep.page("ranks", f"/runs/{run_id}/charts"))
    found = page.get_by_test_id("metric-panel-loss")
    expect(found.get_by_test_id("line-chart")).to_be_visible()
    assert [step for step, _ in points_of(found, "loss")] == list(range(21))
