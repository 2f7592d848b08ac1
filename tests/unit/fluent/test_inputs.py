"""What the active run reads."""

from __future__ import annotations

import pytest

from epochal.entities import Dataset
from epochal.errors import InvalidParameterError


class Foreign:
    """A dataset of another library, which describes itself."""

    def to_dict(self):
        return {"name": "t", "digest": "d", "source_type": "local", "source": {"uri": "x"}}


def test_datasets_are_noted_with_their_use(store):
    """Ours and foreign ones, with context and tags."""
    with store.start_run() as run:
        store.log_input(Dataset("flights", "abc", "local", "{}"), "training", {"rows": "5"})
        store.log_inputs([Foreign()], ["eval"], [None])
    found = store.get_run(run.info.run_id).inputs.dataset_inputs
    assert [item.dataset.name for item in found] == ["flights", "t"]
    assert {tag.key: tag.value for tag in found[0].tags} == {
        "mlflow.data.context": "training",
        "rows": "5",
    }
    assert found[1].dataset.source == '{"uri": "x"}'


def test_what_is_no_dataset(store):
    """Objects that do not describe themselves, and lists of unequal length, raise."""
    with store.start_run():
        with pytest.raises(InvalidParameterError, match="no dataset"):
            store.log_input(object())
        with pytest.raises(InvalidParameterError, match="equally long"):
            store.log_inputs([Foreign()], ["a", "b"], [None])
