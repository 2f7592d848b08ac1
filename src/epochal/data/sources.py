"""All kinds of sources, where scripts written for MLflow look for them."""

from epochal.data.dataset_source_registry import get_registered_sources

globals().update({source.__name__: source for source in get_registered_sources()})
