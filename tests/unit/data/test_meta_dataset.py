"""Datasets of which only the description is at hand."""

import json

from epochal.data import HTTPDatasetSource, MetaDataset
from epochal.data.types import ColSpec, Schema


def test_it_is_known_by_its_description():
    """Another schema or name is another digest; the data is never read."""
    source = HTTPDatasetSource("https://e.org/a.tar.gz")
    schema = Schema([ColSpec("string", "text")])
    plain, named = MetaDataset(source), MetaDataset(source, "reviews", schema=schema)
    assert plain.digest != named.digest
    assert "schema" not in plain.to_dict()
    assert json.loads(named.to_dict()["schema"]) == {"mlflow_colspec": schema.to_dict()}
    assert named.schema == schema
