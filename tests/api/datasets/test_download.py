"""GET datasets/download."""

from fixtures.datasets import OURS


def get(keeper, headers=None, **query):
    return keeper.api.get("download", OURS, headers=headers, **query)


def test_the_content_comes_whole_or_in_part(keeper, name):
    """Under its own name, as an attachment."""
    keeper.keep(name, b"first ", b"second ", b"third")
    whole = get(keeper, name=name, version=1)
    assert (whole.status, whole.body) == (200, b"first second third")
    assert "x.bin" in whole.headers["content-disposition"]
    part = get(keeper, {"Range": "bytes=3-9"}, name=name)
    assert (part.status, part.body) == (206, b"st seco")


def test_unknown_versions(keeper, name):
    """404, and 400 without a name."""
    assert get(keeper, name=name).error == (404, "RESOURCE_DOES_NOT_EXIST")
    assert get(keeper).error == (400, "INVALID_PARAMETER_VALUE")


def test_chunks_are_out_of_reach_as_artifacts(keeper):
    """Neither listed nor read nor deleted through the proxy."""
    keeper.upload(b"out of reach")
    proxy = "/api/2.0/mlflow-artifacts/artifacts"
    assert keeper.api.ask("GET", f"{proxy}?path=.epochal-datasets").status == 400
    assert keeper.api.ask("DELETE", f"{proxy}/.epochal-datasets").status == 400
    listed = keeper.api.ask("GET", proxy).json
    assert ".epochal-datasets" not in [one["path"] for one in listed.get("files", [])]
