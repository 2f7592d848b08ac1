"""POST runs/set-tag."""

from concurrent.futures import ThreadPoolExecutor

import pytest


def set_tag(api, run, key, value):
    return api.post("runs/set-tag", {"run_id": run, "key": key, "value": value})


def tags(api, run):
    return {tag["key"]: tag["value"] for tag in api.run(run)["data"]["tags"]}


def test_it_writes_and_overwrites(api, run):
    """The last value stays; an absent one is empty."""
    for value in ("a", "b", None):
        assert set_tag(api, run, "k", value).json == {}
        assert tags(api, run)["k"] == (value or "")


def test_the_name_tag_renames_the_run(api, run):
    """Both directions stay in step."""
    set_tag(api, run, "mlflow.runName", "renamed")
    assert api.run(run)["info"]["run_name"] == "renamed"


def test_eight_clients_at_once_all_succeed(api, run):
    """One of them is the last; MLflow lets some fail."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: set_tag(api, run, "k", str(n)), range(8)))
    assert [answer.status for answer in answers] == [200] * 8
    assert tags(api, run)["k"] in "01234567"


def test_long_values_are_cut(api, run):
    """At 8,000 characters, as MLflow does by default."""
    set_tag(api, run, "k", "x" * 9000)
    assert len(tags(api, run)["k"]) == 8000


@pytest.mark.parametrize(("key", "value"), [("k", 5), ("", "v"), ("a/../b", "v")])
def test_bad_values_are_refused(api, run, key, value):
    """Each is a 400."""
    assert set_tag(api, run, key, value).error == (400, "INVALID_PARAMETER_VALUE")
