"""Curves of the greatest numbers that there are, and of a stretch that one zooms into."""

from __future__ import annotations

from playwright.sync_api import expect

# How many pixels of a canvas are not of the colour most of them have near a chart's middle.
INKED = """canvas => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(width / 4, height / 8, width / 2, height / 2);
  let count = 0;
  for (let at = 3; at < data.length; at += 4) if (data[at] > 128) count += 1;
  return count;
}"""


def run_page(sweep, name, rest):
    """The address of a run of the experiment with odd numbers."""
    return sweep.page("sizes", f"/runs/{sweep.runs[name]}{rest}")


def test_a_curve_of_huge_values_is_drawn_on_both_pages(watched_sweep, sweep):
    """Values of ±1e308, whose distance is no number, make a curve and ticks."""
    page = watched_sweep.page
    for address in (
        run_page(sweep, "huger", "/charts?metric=wild"),
        sweep.page("sizes", "/charts"),
    ):
        page.goto(address)
        chart = page.get_by_role("img", name="Line chart of wild")
        expect(chart).to_be_visible()
        page.wait_for_timeout(300)
        assert chart.locator("canvas").evaluate(INKED) > 100
        box = chart.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
        dot = chart.locator(".u-cursor-pt").first.bounding_box()
        assert box["y"] <= dot["y"] <= box["y"] + box["height"]


def test_a_log_axis_of_huge_values_has_an_end(watched_sweep, sweep):
    """On a log axis the positive ones of them stand, and the page goes on answering."""
    page = watched_sweep.page
    page.goto(run_page(sweep, "huger", "/charts?metric=wild&log=1"))
    expect(page.get_by_text("at or below 0 have no place")).to_be_visible()


def test_a_zoom_stands_in_the_address_and_the_back_button_undoes_it(watched_sweep, sweep):
    """A link shows the stretch and says what of it is NaN; going back shows all."""
    page = watched_sweep.page
    page.goto(run_page(sweep, "huge", "/charts?metric=odd"))
    caption = page.locator(".ChartPanel-caption")
    expect(caption).to_contain_text("200 NaN")
    box = page.get_by_test_id("line-chart").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 60, steps=5)
    page.mouse.up()
    expect(caption).to_contain_text("double-click to zoom out", ignore_case=True)
    expect(caption).not_to_contain_text("NaN")
    assert "zoom=odd" in page.url
    page.reload()
    expect(caption).to_contain_text("double-click to zoom out", ignore_case=True)
    page.go_back()
    expect(caption).to_contain_text("200 NaN")
