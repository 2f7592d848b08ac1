"""POST datasets/delete."""

from pathlib import Path

from fixtures.datasets import log_input


def packs(server):
    return set(Path(server.folder).glob("**/.epochal-datasets/*.pack"))


def test_a_version_goes_with_what_only_it_had(keeper, server, name):
    """What other versions share stays; numbers are not given twice."""
    before = packs(server)
    keeper.keep(name, b"shared", b"delete 1")
    keeper.keep(name, b"shared", b"delete 2")
    assert keeper.post("delete", name=name, version=1).status == 200
    assert keeper.post("version", name=name, version=1).status == 404
    answer = keeper.api.get("download", "/api/epochal/v1/datasets/", name=name)
    assert answer.body == b"shareddelete 2"
    assert keeper.keep(name, b"delete 3").json["version"]["version"] == 3
    assert keeper.post("delete", name=name).status == 200
    assert keeper.post("get", name=name).status == 404
    assert packs(server) == before


def test_what_runs_read_stays(keeper, api, run, name):
    """Until the runs are deleted."""
    version = keeper.keep(name, b"protected").json["version"]
    log_input(api, run, version)
    for fields in ({"version": 1}, {}):
        answer = keeper.post("delete", name=name, **fields)
        assert answer.error == (409, "RESOURCE_CONFLICT")
        assert run in answer.message
    api.post("runs/delete", {"run_id": run})
    assert keeper.post("delete", name=name, version=1).status == 200
    assert keeper.post("get", name=name).status == 404


def test_unknown_versions(keeper, name):
    """404."""
    assert keeper.post("delete", name=name).error == (404, "RESOURCE_DOES_NOT_EXIST")
    keeper.keep(name, b"x")
    assert keeper.post("delete", name=name, version=9).error == (404, "RESOURCE_DOES_NOT_EXIST")
