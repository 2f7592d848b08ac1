"""`epochal datasets`."""

import json

import pytest
from click.testing import CliRunner

from epochal.cli.datasets import show_count, show_size
from epochal.cli.main import epochal


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command on a store of this test's own; it must succeed unless told otherwise."""
    monkeypatch.setenv("MLFLOW_TRACKING_URI", str(tmp_path / "store"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("x,k\n1,u\n2,v\n")
    (tmp_path / "b.csv").write_text("x,k\n7,u\n8,w\n9,w\n")

    def command(*arguments, status=0):
        done = CliRunner().invoke(epochal, ["datasets", *arguments])
        assert done.exit_code == status, done.output
        return done.output

    return command


def test_the_life_of_a_dataset(run, tmp_path):
    """Kept, listed, shown, compared, fetched, deleted."""
    assert "datasets:/t/1" in run("log", "a.csv", "--name", "t", "-t", "k=v", "--description", "d")
    assert json.loads(run("log", "b.csv", "--name", "t", "--json"))["version"] == 2
    assert run("list").splitlines()[2].split()[:3] == ["t", "2", "3"]
    assert json.loads(run("list", "--contains", "T", "--json"))[0]["name"] == "t"
    shown = run("show", "t/1")
    assert "datasets:/t/1" in shown
    assert "k=v" in shown
    assert len(json.loads(run("show", "t", "--json"))["versions"]) == 2
    compared = run("diff", "t/1", "t/2")
    assert "2 → 3" in compared
    assert "large" in compared
    assert json.loads(run("diff", "t/1", "t/2", "--json"))["rows"] == [2, 3]
    assert run("download", "t/1", "--dst", "out").strip().endswith("out/a.csv")
    assert (tmp_path / "out/a.csv").read_text() == (tmp_path / "a.csv").read_text()
    assert json.loads(run("download", "t", "--json"))["path"].endswith("b.csv")
    assert "deleted" in run("delete", "t/1", "--yes")
    assert json.loads(run("delete", "t", "--yes", "--json")) == {"deleted": "t"}
    assert run("list", "--json").strip() == "[]"


def test_the_name_is_that_of_the_file(run):
    """Unless another is given."""
    assert "datasets:/a/1" in run("log", "a.csv")


def test_deleting_asks_first(run):
    """No answer is no."""
    run("log", "a.csv")
    run("delete", "a", status=1)
    assert json.loads(run("list", "--json"))


def test_errors_are_one_line(run):
    """What was wrong, and exit status 1; 2 for wrong usage."""
    assert run("show", "nobody", status=1) == "Error: No dataset 'nobody' exists\n"
    assert "KEY=VALUE" in run("log", "a.csv", "-t", "x", status=2)
    run("log", "gone.csv", status=2)


def test_sizes_and_counts_for_people():
    """With units and thousands apart."""
    assert [show_size(n) for n in (0, 1023, 1536, 5 << 20, 3 << 40)] == [
        "0 B",
        "1023 B",
        "1.5 KiB",
        "5.0 MiB",
        "3.0 TiB",
    ]
    assert (show_count(None), show_count(1234567)) == ("", "1,234,567")
