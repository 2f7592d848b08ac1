"""Requests about runs."""

from epochal.entities import Dataset, DatasetInput, InputTag
from epochal.wire.decoding import decode_body
from epochal.wire.encoding import encode
from epochal.wire.runs import CreateRun, CreateRunAs, LogInputs, SearchRuns


def test_inputs_become_entities():
    """Datasets with their tags, absent texts empty and absent documents None."""
    body = (
        b'{"run_id": "r", "datasets": [{"dataset": {"name": "d", "digest": "x", '
        b'"source_type": "local", "source": "s", "schema": "{}"}, '
        b'"tags": [{"key": "mlflow.data.context", "value": "train"}]}]}'
    )
    assert decode_body(LogInputs, body).inputs() == [
        DatasetInput(
            Dataset("d", "x", "local", "s", schema="{}"),
            [InputTag("mlflow.data.context", "train")],
        )
    ]


def test_messages_leave_out_what_is_not_set():
    """What our client sends is as small as it can be, and read back the same."""
    asked = SearchRuns(experiment_ids=["1"], filter="metrics.a > 1")
    body = encode(asked)
    assert b"max_results" not in body
    assert b"page_token" not in body
    assert decode_body(SearchRuns, body) == asked


def test_only_our_own_create_takes_an_id():
    """MLflow's request ignores the field, as it ignores all it does not know."""
    body = b'{"experiment_id": "1", "run_id": "mine"}'
    assert decode_body(CreateRunAs, body).run_id == "mine"
    assert not hasattr(decode_body(CreateRun, body), "run_id")
