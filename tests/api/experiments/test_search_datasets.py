"""POST experiments/search-datasets."""

import pytest

AJAX = "/ajax-api/2.0/mlflow/"


def test_it_lists_what_runs_read(api, experiment, run):
    """Each dataset once for each context."""
    dataset = {"name": "d", "digest": "x", "source_type": "local", "source": "s"}
    tags = [{"key": "mlflow.data.context", "value": "train"}]
    asked = {"run_id": run, "datasets": [{"dataset": dataset, "tags": tags}]}
    assert api.post("runs/log-inputs", asked).status == 200
    answer = api.post("experiments/search-datasets", {"experiment_ids": [experiment]}, AJAX)
    summary = {"experiment_id": experiment, "name": "d", "digest": "x", "context": "train"}
    assert answer.json == {"dataset_summaries": [summary]}


@pytest.mark.parametrize("ids", [[], ["x"], ["1"] * 21, None])
def test_ids_are_one_to_twenty_numbers(api, ids):
    """Anything else is a 400."""
    answer = api.post("experiments/search-datasets", {"experiment_ids": ids}, AJAX)
    assert answer.error == (400, "INVALID_PARAMETER_VALUE")


def test_it_is_for_pages_only(api):
    """As with MLflow, the /api form does not exist."""
    answer = api.post("experiments/search-datasets", {"experiment_ids": ["0"]})
    assert answer.error == (404, "ENDPOINT_NOT_FOUND")
