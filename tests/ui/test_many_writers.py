"""One looks at a run that several processes log into."""

from __future__ import annotations

from playwright.sync_api import expect

from fixtures import sweep as data


def open_run(page, sweep, tab=""):
    page.goto(sweep.page("ranks", f"/runs/{sweep.runs['ddp']}{tab}"))


def test_ranks_of_a_metric_share_one_chart(watched_sweep, sweep):
    """The loss of all ranks is one chart, with a named line for each."""
    page = watched_sweep.page
    open_run(page, sweep, "/charts")
    panel = page.get_by_test_id("metric-panel-loss")
    expect(panel.get_by_test_id("line-chart")).to_be_visible()
    legend = panel.get_by_test_id("chart-legend").get_by_role("listitem")
    expect(legend).to_have_text([f"rank {rank}" for rank in range(data.RANKS)])
    strokes = legend.locator("line").evaluate_all(
        "all => all.map(one => one.getAttribute('stroke'))"
    )
    assert len(set(strokes)) == data.RANKS
    expect(page.get_by_test_id("metric-panel-accuracy")).to_be_visible()


def test_ranks_of_a_metric_are_one_row_that_opens(watched_sweep, sweep):
    """The table of metrics has one row for the loss, and below it one for each rank."""
    page = watched_sweep.page
    open_run(page, sweep)
    table = page.get_by_test_id("metrics-table")
    expect(table.get_by_role("row")).to_have_count(3)
    table.get_by_role("button", name="Ranks of loss").click()
    expect(table.get_by_role("row")).to_have_count(3 + data.RANKS)
    expect(table.get_by_text("rank 2")).to_be_visible()


def test_a_run_says_who_logs_into_it(watched_sweep, sweep):
    """The page names the writers that reported, and how their delivery goes."""
    run_id = sweep.runs["ddp"]
    reports = [
        {"run_id": run_id, "writer": "a" * 32, "state": "ok", "host": "one", "pid": 1, "rank": 0},
        {
            "run_id": run_id,
            "writer": "b" * 32,
            "state": "lagging",
            "waiting": 1204,
            "host": "two",
            "pid": 2,
            "rank": 1,
        },
    ]
    sweep.post("epochal/v1/runs/writers", {"writers": reports})
    page = watched_sweep.page
    open_run(page, sweep)
    line = page.get_by_test_id("writers")
    expect(line).to_contain_text("2 ranks")
    expect(line).to_contain_text("1 lagging, 1 ok (1,204 values waiting)")
    line.get_by_role("button").click()
    expect(page.get_by_role("dialog").get_by_role("row")).to_have_count(3)
