"""A team's empty server, under another name and below a prefix: from nothing to a first run."""

from __future__ import annotations

import ast

from playwright.sync_api import expect

from epochal import MlflowClient

PARAMS = {"alpha": "0.1", "train-data-path": "C:\\data\\train.csv", "note": 'it\'s "best"'}


def create_experiment(page, name, location):
    """Fill in the form; the page of the new experiment opens."""
    page.get_by_test_id("new-experiment").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Name").fill(name)
    form.get_by_label("Artifact location").fill(location)
    form.get_by_role("button", name="Create experiment").click()
    expect(form).to_be_hidden()


def test_experiment_made_in_the_page_takes_a_run(elsewhere, tmp_path):
    """Its files go where the form said; the waiting page shows the run when it arrives.

    Then notes are written, and the run's params are copied as a dict: what stands in the
    clipboard is what the API gives.
    """
    watched, address = elsewhere
    page, client = watched.page, MlflowClient(address)
    create_experiment(page, "flights", "mlflow-artifacts:/team a")
    expect(page.get_by_text("import epochal as mlflow")).to_be_visible()

    experiment = client.get_experiment_by_name("flights")
    run_id = client.create_run(experiment.experiment_id, run_name="lasso").info.run_id
    for key, value in PARAMS.items():
        client.log_param(run_id, key, value, synchronous=True)
    client.log_text(run_id, "weights", "models/model.txt")
    client.set_terminated(run_id)
    (kept,) = (tmp_path / "files/team a").rglob("model.txt")
    assert kept.read_text(encoding="utf-8") == "weights"

    expect(page.get_by_test_id("run-row")).to_have_count(1)
    page.get_by_test_id("tab-notes").click()
    page.get_by_test_id("edit-notes").click()
    page.get_by_label("Notes in Markdown").fill("# How late?")
    page.get_by_role("button", name="Save notes").click()
    expect(page.get_by_role("heading", name="How late?")).to_be_visible()
    tags = client.get_experiment(experiment.experiment_id).tags
    assert tags["mlflow.note.content"] == "# How late?"

    page.goto(f"{watched.address}#/experiments/{experiment.experiment_id}/runs/{run_id}")
    page.get_by_role("button", name="Copy as Python dict").click()
    page.go_back()
    page.get_by_test_id("edit-notes").click()
    page.get_by_label("Notes in Markdown").clear()
    page.keyboard.press("Control+V")
    copied = ast.literal_eval(page.get_by_label("Notes in Markdown").input_value())
    assert {key: str(value) for key, value in copied.items()} == PARAMS
    assert client.get_run(run_id).data.params == PARAMS
