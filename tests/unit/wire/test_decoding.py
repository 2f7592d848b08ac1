"""From the bytes of a request to a message."""

import contextlib
import json
import math

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from epochal.errors import InvalidParameterError
from epochal.wire.decoding import Message, decode_body, decode_query
from epochal.wire.experiments import SearchExperiments
from epochal.wire.logging import LogBatch, LogMetric
from epochal.wire.runs import CreateRun, LogInputs, RunId, UpdateRun

METRIC = {"run_id": "r", "key": "loss", "value": 0.5, "timestamp": 7, "step": 3}


def metric(**changes):
    return decode_body(LogMetric, json.dumps(METRIC | changes).encode())


def refusal(message, body):
    with pytest.raises(InvalidParameterError) as caught:
        decode_body(message, body)
    return str(caught.value)


def test_snake_case_is_read():
    """A body as our own client spells it."""
    assert metric() == LogMetric(run_id="r", key="loss", value=0.5, timestamp=7, step=3)


def test_camel_case_is_read_alike():
    """`runId` and `run_id` are one field."""
    assert decode_body(RunId, b'{"runId": "r"}').run_id == "r"


def test_two_spellings_of_one_field_are_refused():
    """A body that names a field twice is ambiguous, so it is refused with both names."""
    assert "'runId'" in refusal(RunId, b'{"runId": "r", "run_id": "r"}')


def test_run_uuid_stands_for_run_id():
    """The old name is enough, and harmless beside the new one."""
    assert decode_body(RunId, b'{"run_uuid": "r"}').run_id == "r"
    assert decode_body(RunId, b'{"run_uuid": "x", "run_id": "r"}').run_id == "r"


def test_unknown_fields_are_ignored():
    """A newer client may say more than we know."""
    assert metric(unheard_of={"a": [1]}).key == "loss"


def test_numbers_may_be_texts():
    """int64 and doubles come as decimal strings from protobuf clients."""
    read = metric(value="1.5", timestamp="12", step="-3")
    assert (read.value, read.timestamp, read.step) == (1.5, 12, -3)


@pytest.mark.parametrize("spelling", [b'"NaN"', b"NaN", b'"nan"'])
def test_nan_is_read_in_every_spelling(spelling):
    """A bare NaN token is stored as NaN too, not as 0 as MLflow does."""
    body = b'{"run_id": "r", "key": "k", "timestamp": 0, "value": ' + spelling + b"}"
    value = decode_body(LogMetric, body).value
    assert value is not None
    assert math.isnan(value)


def test_booleans_are_doubles():
    """MLflow takes true for 1.0."""
    assert metric(value=True).value == 1.0


def test_strings_are_strict():
    """A number is no string."""
    text = refusal(RunId, b'{"run_id": 5}')
    assert "'run_id'" in text
    assert "must be a string" in text


def test_lone_surrogates_are_refused():
    """Text that no database can keep is refused before it gets there."""
    assert "Unicode" in refusal(RunId, b'{"run_id": "\\ud800"}')


@pytest.mark.parametrize("body", [b"", b"{}", b'{"run_id": null}', b'{"run_id": ""}'])
def test_required_fields_must_be_there(body):
    """Absent, null and empty are the same, and the field is named."""
    assert "'run_id'" in refusal(RunId, body)


def test_fields_of_nested_messages_are_named_by_their_path():
    """The error says which of many metrics is wrong."""
    body = {"run_id": "r", "metrics": [METRIC, METRIC | {"step": 1.5}]}
    assert "'metrics[1].step'" in refusal(LogBatch, json.dumps(body).encode())


def test_null_means_absent():
    """Clients send null for what they have not set."""
    assert decode_body(CreateRun, b'{"experiment_id": "1", "run_name": null}').run_name == ""


def test_a_body_encoded_twice_is_decoded_twice():
    """Old clients send a JSON text of JSON."""
    twice = json.dumps(json.dumps({"run_id": "r"})).encode()
    assert decode_body(RunId, twice).run_id == "r"


@pytest.mark.parametrize("body", [b"[]", b"5", b"null", b'"[]"', b"true"])
def test_a_body_that_is_no_object_is_refused(body):
    """Messages are objects."""
    assert "JSON object" in refusal(RunId, body)


def test_malformed_json_is_refused_with_its_position():
    """The message says where it broke."""
    assert "char 10" in refusal(RunId, b'{"run_id":')


@pytest.mark.parametrize("body", [b"\xff\xfe", b"[" * 100_000, b'{"a":' * 100_000, b"1" * 5000])
def test_hostile_bodies_are_refused(body):
    """No bytes break the decoder."""
    refusal(RunId, body)


def test_wrong_containers_are_refused():
    """A list is no object and an object no list."""
    assert "must be a list" in refusal(LogInputs, b'{"run_id": "r", "datasets": {}}')
    assert "must be an object" in refusal(LogInputs, b'{"run_id": "r", "datasets": [1]}')


def test_choices_may_be_names_or_numbers():
    """Enumerations come in both spellings and are read where they are known."""
    assert decode_body(UpdateRun, b'{"run_id": "r", "status": 3}').status == 3
    assert "name or its number" in refusal(UpdateRun, b'{"run_id": "r", "status": []}')


def test_queries_read_repeated_keys_as_lists():
    """`?order_by=a&order_by=b` is a list of two."""
    read = decode_query(
        SearchExperiments, {"order_by": ["a", "b"], "max_results": ["5"], "other": ["x"]}
    )
    assert (read.order_by, read.max_results) == (["a", "b"], 5)


def test_queries_name_what_is_missing():
    """A GET without its required field is refused as a POST is."""
    with pytest.raises(InvalidParameterError, match="run_id"):
        decode_query(RunId, {})


def test_types_that_no_message_may_have_are_a_mistake_of_ours():
    """A field whose type cannot be read fails when the table is read, not at a request."""

    class Odd(Message):
        when: complex = 0j

    with pytest.raises(TypeError, match="complex"):
        decode_query(Odd, {"when": ["1"]})


@given(st.binary(max_size=60))
def test_any_bytes_are_a_message_or_a_refusal(body):
    """Nothing but InvalidParameterError ever comes out of the decoder."""
    with contextlib.suppress(InvalidParameterError):
        decode_body(LogBatch, body)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
FIELDS = [field.name for field in msgspec.structs.fields(LogBatch)]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([*FIELDS, "runId"]), JSON))
def test_any_json_is_a_message_or_a_refusal(body):
    """Right names with wrong values are refused, never a crash."""
    with contextlib.suppress(InvalidParameterError):
        decode_body(LogBatch, json.dumps(body).encode()).points()
