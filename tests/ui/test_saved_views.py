"""One keeps a way to look at runs under a name, and comes back to it."""

from __future__ import annotations

from playwright.sync_api import expect


def test_a_view_is_saved_shared_renamed_and_deleted(watched_sweep, sweep):
    """A saved view brings filter, order and grouping back, also by a link that names it only."""
    page = watched_sweep.page
    page.goto(sweep.page("sweep", "?filter=tags.model%3D'lasso'&sort=metrics.rmse:asc"))
    expect(page.get_by_test_id("run-row")).to_have_count(2)
    save_as(page, "Best lasso")
    expect(page.get_by_test_id("views-picker")).to_contain_text("Best lasso")

    page.goto(sweep.page("sweep"))
    expect(page.get_by_test_id("run-row")).to_have_count(6)
    page.get_by_test_id("views-picker").click()
    page.get_by_test_id("saved-view").get_by_role("button", name="Best lasso").first.click()
    expect(page.get_by_test_id("run-row")).to_have_count(2)
    expect(page.get_by_test_id("query-bar")).to_have_value("tags.model='lasso'")

    view_id = page.url.split("view=")[1].split("&")[0]
    page.goto("about:blank")
    page.goto(sweep.page("sweep", f"?view={view_id}"))
    expect(page.get_by_test_id("run-row")).to_have_count(2)
    expect(page.locator('[data-column="metrics.rmse"]').first).to_have_attribute(
        "aria-sort", "ascending"
    )

    act(page, "Best lasso", "Rename…")
    name_it(page, "Lasso")
    expect(page.get_by_test_id("views-picker")).to_contain_text("Lasso")
    act(page, "Lasso", "Delete")
    expect(page.get_by_test_id("toast")).to_contain_text("Deleted the view Lasso")
    expect(page.get_by_test_id("saved-view")).to_have_count(0)


def test_a_name_that_a_view_has_is_refused_in_the_dialog(watched_sweep, sweep):
    """Saving a second view of one name says why not and keeps the dialog open."""
    page = watched_sweep.page
    page.goto(sweep.page("ranks"))
    save_as(page, "Mine")
    page.get_by_test_id("views-picker").click()
    page.get_by_test_id("save-view").click()
    dialog = page.get_by_role("dialog").filter(has=page.get_by_role("textbox", name="Name"))
    dialog.get_by_role("textbox", name="Name").fill("Mine")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Mine")
    page.keyboard.press("Escape")


def save_as(page, name):
    page.get_by_test_id("views-picker").click()
    page.get_by_test_id("save-view").click()
    name_it(page, name)


def name_it(page, name):
    dialog = page.get_by_role("dialog").filter(has=page.get_by_role("textbox", name="Name"))
    dialog.get_by_role("textbox", name="Name").fill(name)
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)


def act(page, view, item):
    """Open the list of views unless it is open, and choose from the menu of one."""
    if page.get_by_test_id("saved-view").count() == 0:
        page.get_by_test_id("views-picker").click()
    page.get_by_role("button", name=f"Actions for {view}").click()
    page.get_by_role("menuitem", name=item).click()
