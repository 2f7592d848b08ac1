"""POST runs/count, our own."""

import pytest

OURS = "/api/epochal/v1/"


def test_runs_are_counted(api, experiment):
    """Those that match the filter and the view."""
    runs = [api.new_run(experiment, run_name=f"r{n}") for n in range(3)]
    api.post("runs/delete", {"run_id": runs[0]})
    asked = {"experiment_ids": [experiment]}
    for more, count in (
        ({}, 2),
        ({"run_view_type": "ALL"}, 3),
        ({"filter": "run_name = 'r1'"}, 1),
        ({"filter": "metrics.none > 1"}, 0),
        ({"experiment_ids": []}, 0),
    ):
        assert api.post("runs/count", {**asked, **more}, OURS).json == {"count": count}


@pytest.mark.parametrize("asked", [{"filter": "OR OR"}, {"experiment_ids": 5}])
def test_bad_values_are_refused(api, asked):
    """Each is a 400."""
    assert api.post("runs/count", asked, OURS).error == (400, "INVALID_PARAMETER_VALUE")
