"""POST experiments/search, our own: MLflow's answer with the number of runs."""

OURS = "/api/epochal/v1/"


def test_active_runs_are_counted(api, experiment):
    """Deleted ones are not; everything else is as MLflow's own search answers it."""
    runs = [api.new_run(experiment) for _ in range(3)]
    api.post("runs/delete", {"run_id": runs[0]})
    empty = api.new_experiment()
    asked = {"max_results": 2, "order_by": ["experiment_id DESC"]}
    found = api.post("experiments/search", asked, OURS).json
    assert [(one["experiment_id"], one.pop("run_count")) for one in found["experiments"]] == [
        (empty, 0),
        (experiment, 2),
    ]
    assert found["experiments"] == api.post("experiments/search", asked).json["experiments"]
    bad = api.post("experiments/search", {"max_results": 0}, OURS)
    assert bad.error == (400, "INVALID_PARAMETER_VALUE")
