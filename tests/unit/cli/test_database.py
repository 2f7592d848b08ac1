"""`epochal db`."""

import shutil
from pathlib import Path

from click.testing import CliRunner

from epochal.cli.main import epochal
from epochal.client.mlflow_client import MlflowClient

OLDEST = Path(__file__).parents[2] / "assets" / "schema0001.db"


def told(*words):
    return CliRunner().invoke(epochal, ["db", *words])


def test_an_older_store_opens_after_its_upgrade(tmp_path):
    """It says from where to where; a second time there is nothing to do."""
    shutil.copy(OLDEST, tmp_path / "old.db")
    url = f"sqlite:///{tmp_path}/old.db"
    first = told("upgrade", url)
    assert first.exit_code == 0
    assert "Upgraded from schema version 1 to" in first.output
    assert "up to date" in told("upgrade", url).output
    assert MlflowClient(url).get_run("kept").data.params == {"alpha": "0.1"}


def test_where_there_is_no_store_it_says_so(tmp_path):
    """Nothing is made by looking."""
    for url in (str(tmp_path / "no"), f"sqlite:///{tmp_path}/none.db"):
        answer = told("upgrade", url)
        assert answer.exit_code == 1
        assert "There is no store at" in answer.output
    assert not list(tmp_path.iterdir())
