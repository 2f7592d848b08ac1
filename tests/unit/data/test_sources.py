"""The names of sources, as scripts written for MLflow know them."""

from epochal.data import sources


def test_they_are_where_they_are_looked_for():
    """Each kind stands in one module under its class's name."""
    for name in ("LocalArtifactDatasetSource", "S3ArtifactDatasetSource", "HTTPDatasetSource"):
        assert getattr(sources, name).__name__ == name
    assert "'s3'" in sources.S3ArtifactDatasetSource.__doc__
