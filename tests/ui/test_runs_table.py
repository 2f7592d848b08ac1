"""One asks the table of runs: filter, order, choose columns, put runs together."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect


@pytest.fixture
def table(watched_sweep, sweep):
    """The table of the sweep."""
    page = watched_sweep.page
    page.goto(sweep.page("sweep"))
    expect(page.get_by_test_id("run-row")).to_have_count(6)
    return page


def asked(page, path, act):
    """The body of the request to one of our endpoints that an action causes."""
    with page.expect_request(lambda request: request.url.endswith(f"/{path}")) as found:
        act()
    return json.loads(found.value.post_data)


def ask(page, text):
    """Type a filter and send it."""
    box = page.get_by_test_id("query-bar")
    box.fill(text)
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")


def pick(page, name, button, needle, *, is_chosen):
    """Open a picker, search in it, tick or untick what is found, close it."""
    page.get_by_test_id(button).click()
    panel = page.get_by_role("dialog", name=name)
    panel.get_by_role("searchbox").fill(needle)
    panel.get_by_role("checkbox", name=needle).set_checked(is_chosen)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def head(page, column):
    """The head of a column."""
    return page.locator(f'[role="columnheader"][data-column="{column}"]')


def names(page):
    """The names of the runs from top to bottom."""
    return page.get_by_test_id("run-row").get_by_role("link").all_inner_texts()


def test_filter_by_tag_leaves_only_those_runs(table):
    """Only the three runs of xgboost stay after `tags.model='xgboost'`."""
    ask(table, "tags.model='xgboost'")
    expect(table.get_by_test_id("run-row")).to_have_count(3)
    assert names(table) == ["tuned-5", "tuned-2", "tuned-0"]


def test_order_by_a_metric_puts_the_best_run_first(table):
    """After a click on rmse the first row has the smallest one, to be read off."""
    head(table, "metrics.rmse").get_by_role("button").click()
    expect(head(table, "metrics.rmse")).to_have_attribute("aria-sort", "ascending")
    first = table.get_by_test_id("run-row").first
    expect(first.locator('[data-column="metrics.rmse"]')).to_have_attribute("title", "4.5")
    expect(first.get_by_role("link")).to_have_text("tuned-5")


def test_only_the_columns_in_sight_are_asked_for(table):
    """A column that is taken away is no longer in the request, and back again it is."""

    def hide():
        pick(table, "Columns", "column-picker", "mae", is_chosen=False)

    body = asked(table, "runs/table", hide)
    assert "metrics.mae" not in body["columns"]
    assert "metrics.rmse" in body["columns"]
    expect(head(table, "metrics.mae")).to_have_count(0)

    pick(table, "Columns", "column-picker", "mae", is_chosen=True)
    expect(head(table, "metrics.mae")).to_be_visible()


def test_a_summary_of_a_metric_is_a_column_and_orders_the_runs(table):
    """The menu of a column shows the greatest loss, which the last value hides."""
    head(table, "metrics.loss").click(button="right")
    table.get_by_role("menuitem", name="Show max").click()
    column = head(table, "max(metrics.loss)")
    expect(column).to_be_visible()
    first = table.get_by_test_id("run-row").first
    expect(first.locator('[data-column="max(metrics.loss)"]')).to_have_attribute("title", "9")
    body = asked(table, "runs/table", lambda: column.get_by_role("button").click())
    assert body["order_by"] == ["max(metrics.loss) ASC"]


def test_runs_are_put_together_by_a_tag_and_opened_again(table):
    """Groups by model show how many runs they have and the mean of a metric, and open."""
    # A param and a tag have this name; the tag is what is asked for.
    table.goto(f"{table.url}?group=tags.model")
    groups = table.get_by_test_id("group-row")
    expect(groups).to_have_count(3)
    expect(groups.first).to_contain_text("xgboost")
    expect(groups.first).to_contain_text("3")
    mean = groups.first.locator('[data-column="metrics.rmse"]')
    expect(mean).to_have_attribute("title", f"mean(metrics.rmse): {(9.5 + 7.5 + 4.5) / 3}")
    groups.first.click()
    expect(table.get_by_test_id("run-row")).to_have_count(3)
    assert names(table) == ["tuned-5", "tuned-2", "tuned-0"]
    groups.first.click()
    expect(table.get_by_test_id("run-row")).to_have_count(0)


def test_a_grouping_is_picked_from_the_fields_that_runs_have(table):
    """The picker finds a param, and the address keeps the choice."""
    pick(table, "Group runs", "group-picker", "max_depth", is_chosen=True)
    expect(table.get_by_test_id("group-row")).to_have_count(6)
    assert "group=params.max_depth" in table.url


def test_an_order_that_is_not_known_is_named_and_can_be_dropped(watched_sweep, sweep):
    """An address with a wrong order says which word is wrong and offers a way on."""
    page = watched_sweep.page
    page.goto(sweep.page("sweep", "?sort=bogus:asc"))
    box = page.get_by_test_id("error-box")
    expect(box).to_contain_text("'bogus'")
    box.get_by_role("button", name="Drop the order").click()
    expect(page.get_by_test_id("run-row")).to_have_count(6)
    watched_sweep.forgive("status of 400")


def test_words_of_the_language_alone_are_explained(table, watched_sweep):
    """`OR OR` is a wrong filter, not the name of a run."""
    ask(table, "OR OR")
    expect(table.get_by_test_id("query-error")).to_contain_text("OR")
    watched_sweep.forgive("status of 400")
