"""Plain HTTP, as other languages, the UI and old tools speak it: the same bytes to both servers."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

import pytest

from fixtures.answers import Normaliser, difference

API, AJAX = "/api/2.0/mlflow", "/ajax-api/2.0/mlflow"
PROXY = "/api/2.0/mlflow-artifacts"
JSON = "application/json"


@dataclass(frozen=True)
class Request:
    """One request; `{experiment}`, `{run}`, `{second}` and `{prefix}` stand for their values."""

    name: str
    method: str
    path: str
    body: Any = None
    content_type: str | None = JSON
    headers: dict[str, str] = field(default_factory=dict)


def get(name, path, /, **query):
    """A GET with a query string; a list repeats its key."""
    text = urllib.parse.urlencode(query, doseq=True, safe="{}")
    return Request(name, "GET", f"{path}?{text}" if text else path, content_type=None)


def post(name, path, body, content_type=JSON, method="POST"):
    """A request with a body: JSON, or the text or bytes as they are."""
    return Request(name, method, path, body, content_type)


def metric(**values):
    """The body of a log-metric request."""
    return {"run_id": "{run}", "key": "m", "value": 1.0, "timestamp": 5, "step": 0, **values}


SAME = [
    # what a request may look like
    post("charset in the content type", f"{API}/experiments/search", {"max_results": 1}, "application/json; charset=utf-8"),
    post("no content type", f"{API}/runs/search", {"experiment_ids": ["0"]}, None),
    post("form content type", f"{API}/runs/search", {"experiment_ids": ["0"]}, "application/x-www-form-urlencoded"),
    post("text content type", f"{API}/runs/log-metric", metric(), "text/plain"),
    post("twice encoded", f"{API}/runs/search", json.dumps(json.dumps({"experiment_ids": ["{experiment}"]}))),
    post("camelCase", f"{API}/runs/search", {"experimentIds": ["{experiment}"], "maxResults": 1}),
    post("unknown fields", f"{API}/runs/search", {"experiment_ids": ["{experiment}"], "colour": 1}),
    post("null fields", f"{API}/runs/search", {"experiment_ids": ["{experiment}"], "filter": None}),
    post("int64 as text", f"{API}/runs/search", {"experiment_ids": ["{experiment}"], "max_results": "1"}),
    post("missing required", f"{API}/runs/delete", {}),
    post("empty required", f"{API}/runs/delete", {"run_id": ""}),
    post("number for a string", f"{API}/runs/log-parameter", {"run_id": "{run}", "key": "n", "value": 5}),
    post("list for a string", f"{API}/runs/log-parameter", {"run_id": "{run}", "key": "n", "value": []}),
    post("number for an id", f"{API}/experiments/delete", {"experiment_id": 0}),
    post("word for an int64", f"{API}/runs/search", {"experiment_ids": ["0"], "max_results": "many"}),
    post("object for a list", f"{API}/runs/search", {"experiment_ids": {"a": 1}}),
    post("enum by number", f"{API}/runs/search", {"experiment_ids": ["{experiment}"], "run_view_type": 2}),
    post("enum by name", f"{API}/runs/search", {"experiment_ids": ["{experiment}"], "run_view_type": "ALL"}),
    post("run_uuid for run_id", f"{API}/runs/set-tag", {"run_uuid": "{run}", "key": "u", "value": "1"}),
    get("boolean-free GET with unknown keys", f"{API}/runs/get", run_id="{run}", colour="red"),
    # experiments
    get("experiment", f"{API}/experiments/get", experiment_id="{experiment}"),
    get("experiment through ajax", f"{AJAX}/experiments/get", experiment_id="{experiment}"),
    get("experiment without id", f"{API}/experiments/get"),
    get("experiment by GET search", f"{API}/experiments/search", max_results="5", filter="name = '{prefix}wire'"),
    post("experiments without max_results", f"{API}/experiments/search", {}),
    post("experiment with empty location", f"{API}/experiments/create", {"name": "{prefix}empty", "artifact_location": ""}),
    post("experiment with a list for a name", f"{API}/experiments/create", {"name": ["x"]}),
    post("experiment tag without value", f"{API}/experiments/set-experiment-tag", {"experiment_id": "{experiment}", "key": "bare"}),
    # runs
    get("run", f"{API}/runs/get", run_id="{run}"),
    get("run by run_uuid", f"{API}/runs/get", run_uuid="{run}"),
    get("unknown run", f"{API}/runs/get", run_id="0" * 32),
    get("run without id", f"{API}/runs/get"),
    post("bare run", f"{API}/runs/create", {"experiment_id": "{second}", "run_name": "bare"}),
    post("run with text times", f"{API}/runs/create", {"experiment_id": "{second}", "run_name": "timed", "start_time": "77"}),
    post("update run", f"{API}/runs/update", {"run_id": "{run}", "status": "FINISHED", "end_time": 99}),
    post("update run by status number", f"{API}/runs/update", {"run_id": "{run}", "status": 1}),
    post("tag without value", f"{API}/runs/set-tag", {"run_id": "{run}", "key": "bare"}),
    post("param without value", f"{API}/runs/log-parameter", {"run_id": "{run}", "key": "bare"}),
    post("param with a list for a key", f"{API}/runs/log-parameter", {"run_id": "{run}", "key": [1], "value": "x"}),
    post("search without experiments", f"{API}/runs/search", {}),
    post("search all", f"{API}/runs/search", {"experiment_ids": ["{experiment}"], "order_by": ["metrics.curve DESC"]}),
    post("search with a bad filter", f"{API}/runs/search", {"experiment_ids": ["0"], "filter": "metrics.m >> 1"}),
    post("log model of 2.x", f"{API}/runs/log-model", {"run_id": "{run}", "model_json": '{"run_id": "{run}", "artifact_path": "model", "utc_time_created": "2024-01-01 00:00:00", "model_uuid": "u", "flavors": {}}'}),
    post("log model without JSON", f"{API}/runs/log-model", {"run_id": "{run}", "model_json": "{"}),
    post("log model without flavors", f"{API}/runs/log-model", {"run_id": "{run}", "model_json": "{}"}),
    # metrics
    post("metric", f"{API}/runs/log-metric", metric()),
    post("metric as text", f"{API}/runs/log-metric", metric(key="text", value="2.5")),
    post("metric NaN", f"{API}/runs/log-metric", metric(key="nan", value="NaN")),
    post("metric Infinity", f"{API}/runs/log-metric", metric(key="inf", value="Infinity")),
    post("metric -Infinity", f"{API}/runs/log-metric", metric(key="-inf", value="-Infinity")),
    post("metric true", f"{API}/runs/log-metric", metric(key="true", value=True)),
    post("metric zero at time zero", f"{API}/runs/log-metric", metric(key="zero", value=0, timestamp=0)),
    post("metric without value", f"{API}/runs/log-metric", {"run_id": "{run}", "key": "m", "timestamp": 1}),
    post("metric without timestamp", f"{API}/runs/log-metric", {"run_id": "{run}", "key": "m", "value": 1}),
    post("metric step as text", f"{API}/runs/log-metric", metric(key="s", step="-7")),
    post("batch of 1,001 metrics", f"{API}/runs/log-batch", {"run_id": "{run}", "metrics": [{"key": "m", "value": 1, "timestamp": i, "step": i} for i in range(1001)]}),
    post("batch of 101 params", f"{API}/runs/log-batch", {"run_id": "{run}", "params": [{"key": f"p{i}", "value": "1"} for i in range(101)]}),
    post("batch of 101 tags", f"{API}/runs/log-batch", {"run_id": "{run}", "tags": [{"key": f"t{i}", "value": "1"} for i in range(101)]}),
    post("batch over 1,000 in all", f"{API}/runs/log-batch", {"run_id": "{run}", "tags": [{"key": "t", "value": "1"}], "metrics": [{"key": "m", "value": 1, "timestamp": i, "step": i} for i in range(1000)]}),
    post("batch metric without key", f"{API}/runs/log-batch", {"run_id": "{run}", "metrics": [{"value": 1, "timestamp": 1}]}),
    post("batch without run", f"{API}/runs/log-batch", {"metrics": []}),
    get("run after logging", f"{API}/runs/get", run_id="{run}"),
    get("history", f"{API}/metrics/get-history", run_id="{run}", metric_key="curve", max_results="3"),
    get("whole history", f"{API}/metrics/get-history", run_id="{run}", metric_key="curve"),
    get("history with max_results 0", f"{API}/metrics/get-history", run_id="{run}", metric_key="curve", max_results="0"),
    get("history without key", f"{API}/metrics/get-history", run_id="{run}"),
    get("history of nothing", f"{API}/metrics/get-history", run_id="{run}", metric_key="nothing"),
    get("history with a rubbish token", f"{API}/metrics/get-history", run_id="{run}", metric_key="curve", max_results="2", page_token="rubbish"),
    get("bulk history", f"{AJAX}/metrics/get-history-bulk", run_id=["{run}"], metric_key="curve"),
    get("bulk history, at most 3", f"{AJAX}/metrics/get-history-bulk", run_id=["{run}"], metric_key="curve", max_results="3"),
    get("bulk history without runs", f"{AJAX}/metrics/get-history-bulk", metric_key="curve"),
    get("bulk history of 101 runs", f"{AJAX}/metrics/get-history-bulk", run_id=[f"{i:032x}" for i in range(101)], metric_key="m"),
    get("sampled history", f"{API}/metrics/get-history-bulk-interval", run_ids=["{run}"], metric_key="curve"),
    get("sampled history of an interval", f"{AJAX}/metrics/get-history-bulk-interval", run_ids=["{run}"], metric_key="curve", start_step="2", end_step="5"),
    get("sampled history with half an interval", f"{API}/metrics/get-history-bulk-interval", run_ids=["{run}"], metric_key="curve", start_step="2"),
    get("sampled history backwards", f"{API}/metrics/get-history-bulk-interval", run_ids=["{run}"], metric_key="curve", start_step="5", end_step="2"),
    get("sampled history, too many points", f"{API}/metrics/get-history-bulk-interval", run_ids=["{run}"], metric_key="curve", max_results="2501"),
    get("sampled history, no points", f"{API}/metrics/get-history-bulk-interval", run_ids=["{run}"], metric_key="curve", max_results="0"),
    get("sampled history without runs", f"{API}/metrics/get-history-bulk-interval", metric_key="curve"),
    # datasets
    post("log inputs", f"{API}/runs/log-inputs", {"run_id": "{run}", "datasets": [{"tags": [{"key": "mlflow.data.context", "value": "train"}], "dataset": {"name": "d", "digest": "x", "source_type": "local", "source": "{}"}}]}),
    post("search datasets", f"{AJAX}/experiments/search-datasets", {"experiment_ids": ["{experiment}"]}),
    post("search datasets of nobody", f"{AJAX}/experiments/search-datasets", {"experiment_ids": []}),
    post("search datasets of 21 experiments", f"{AJAX}/experiments/search-datasets", {"experiment_ids": [str(i) for i in range(21)]}),
    # artifacts
    post("upload", f"{AJAX}/upload-artifact?run_uuid={{run}}&path=up/loaded.txt", b"uploaded", "text/plain"),
    post("upload without path", f"{AJAX}/upload-artifact?run_uuid={{run}}", b"uploaded", "text/plain"),
    get("list", f"{API}/artifacts/list", run_id="{run}"),
    get("list a folder", f"{API}/artifacts/list", run_id="{run}", path="up"),
    get("list a file", f"{API}/artifacts/list", run_id="{run}", path="up/loaded.txt"),
    get("list what is missing", f"{API}/artifacts/list", run_id="{run}", path="missing"),
    get("list outside", f"{API}/artifacts/list", run_id="{run}", path="../.."),
    get("list absolute", f"{API}/artifacts/list", run_id="{run}", path="/etc"),
    get("get", "/get-artifact", run_id="{run}", path="up/loaded.txt"),
    get("get by run_uuid", "/get-artifact", run_uuid="{run}", path="up/loaded.txt"),
    get("get what is missing", "/get-artifact", run_id="{run}", path="missing.txt"),
    get("get a folder", "/get-artifact", run_id="{run}", path="up"),
    get("get outside", "/get-artifact", run_id="{run}", path="../../../../etc/passwd"),
    post("put", f"{PROXY}/artifacts/{{prefix}}wire/put.bin", bytes(range(256)), "application/octet-stream", "PUT"),
    get("get what was put", f"{PROXY}/artifacts/{{prefix}}wire/put.bin"),
    get("list what was put", f"{PROXY}/artifacts", path="{prefix}wire"),
    get("list a missing folder", f"{PROXY}/artifacts", path="missing"),
    get("get a missing file", f"{PROXY}/artifacts/missing.bin"),
    post("put outside", f"{PROXY}/artifacts/a/..%2F..%2Fx", b"x", "text/plain", "PUT"),
    Request("delete what was put", "DELETE", f"{PROXY}/artifacts/{{prefix}}wire/put.bin", content_type=None),
    Request("delete it again", "DELETE", f"{PROXY}/artifacts/{{prefix}}wire/put.bin", content_type=None),
    get("it is gone", f"{PROXY}/artifacts", path="{prefix}wire"),
    post("multipart on a folder", f"{PROXY}/mpu/create/{{prefix}}wire", {"path": "x", "num_parts": 2}),
    get("presigned on a folder", f"{PROXY}/presigned/{{prefix}}wire/put.bin"),
    # the server
    get("health", "/health"),
]  # fmt: skip

# Where MLflow is sloppy: the request, the status we answer, and why ours is the better one.
DIFFERENT = [
    (post("malformed JSON", f"{API}/runs/search", "{"), 400,
     "MLflow takes a body it cannot read for an empty one and answers 200"),
    (post("JSON that is a list", f"{API}/runs/search", "[1]"), 400,
     "MLflow fails with a 500 or ignores it; a request is an object"),
    (post("unknown status", f"{API}/runs/update", {"run_id": "{run}", "status": "BOGUS"}), 400,
     "MLflow answers 200 and changes nothing"),
    (post("unknown view", f"{API}/runs/search", {"experiment_ids": ["0"], "run_view_type": "SOME"}), 400,
     "MLflow answers 200 as if nothing was asked"),
    (post("metric as a list", f"{API}/runs/log-metric", metric(value=[1])), 400,
     "MLflow fails with a 500, which makes its client try again for minutes"),
    (post("dataset without a name", f"{API}/runs/log-inputs", {"run_id": "{run}", "datasets": [{"dataset": {"digest": "x"}}]}), 400,
     "MLflow stores a dataset that nobody can find"),
    (post("two clauses without AND", f"{API}/runs/search", {"experiment_ids": ["{experiment}"], "filter": "metrics.m > 0 metrics.m > 1"}), 400,
     "MLflow overlooks it"),
    (post("order by a metric without a name", f"{API}/runs/search", {"experiment_ids": ["{experiment}"], "order_by": ["metrics."]}), 400,
     "MLflow orders by nothing"),
    (post("upload too large", f"{AJAX}/upload-artifact?run_uuid={{run}}&path=big", b"x" * (10 * 1024 * 1024 + 1), "text/plain"), 413,
     "MLflow answers 400 with the same code; 413 is the status of a body that is too large"),
    (post("search datasets under /api", f"{API}/experiments/search-datasets", {"experiment_ids": ["{experiment}"]}), 404,
     "MLflow answers HTML; ours is JSON with an error code"),
    (get("unknown address", f"{API}/runs/burn"), 404,
     "MLflow answers HTML; ours is JSON with an error code"),
    (post("rename a deleted experiment", f"{API}/experiments/update", {"experiment_id": "{gone}", "new_name": "{prefix}x"}), 400,
     "MLflow answers 500 INVALID_STATE, which makes its client try again"),
    (post("rename to a taken name", f"{API}/experiments/update", {"experiment_id": "{experiment}", "new_name": "{prefix}second"}), 400,
     "MLflow answers BAD_REQUEST with the SQL statement; ours is RESOURCE_ALREADY_EXISTS"),
    (post("order by one field twice", f"{API}/runs/search", {"experiment_ids": ["{experiment}"], "order_by": ["metrics.m", "metrics.m"]}), 400,
     "MLflow answers 500"),
]  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON, or None when it is something else."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


def send(address: str, request: Request, names: dict[str, str]) -> Answer:
    """Send one request with its placeholders filled in."""

    def filled(text):
        for name, value in names.items():
            text = text.replace("{" + name + "}", value)
        return text

    body = request.body
    if isinstance(body, str):
        body = filled(body).encode()
    elif body is not None and not isinstance(body, bytes):
        body = filled(json.dumps(body)).encode()
    outgoing = urllib.request.Request(
        address + filled(request.path), data=body, method=request.method, headers=request.headers
    )
    # An unset type is sent as an empty one: urllib would choose that of a form.
    if request.content_type or body is not None:
        outgoing.add_header("Content-Type", request.content_type or "")
    try:
        with urllib.request.urlopen(outgoing, timeout=60) as got:
            return Answer(got.status, {k.lower(): v for k, v in got.headers.items()}, got.read())
    except urllib.error.HTTPError as refused:
        with refused:
            headers = {k.lower(): v for k, v in refused.headers.items()}
            return Answer(refused.code, headers, refused.read())


def furnish(address: str, prefix: str) -> dict[str, str]:
    """Two experiments, a deleted one and a run with a curve; the values of the placeholders."""

    def call(path, body):
        answer = send(address, post("furnish", f"{API}/{path}", body), {})
        assert answer.status == 200, answer.body
        return answer.json

    made = {
        name: call("experiments/create", {"name": f"{prefix}{name}"})["experiment_id"]
        for name in ("wire", "second", "gone")
    }
    call("experiments/delete", {"experiment_id": made["gone"]})
    body = {"experiment_id": made["wire"], "run_name": "wired", "start_time": 1, "user_id": "ada"}
    run = call("runs/create", body)["run"]["info"]["run_id"]
    curve = [{"key": "curve", "value": i / 4, "timestamp": 100 + i, "step": i} for i in range(9)]
    call("runs/log-batch", {"run_id": run, "metrics": curve})
    return {
        "prefix": prefix,
        "experiment": made["wire"],
        "second": made["second"],
        "gone": made["gone"],
        "run": run,
    }


def comparable(answer: Answer, names: dict[str, str]) -> dict[str, Any]:
    """Status, body and the headers that count, without what a server chooses by itself."""
    content = answer.json
    if isinstance(content, dict) and "error_code" in content:
        return {"status": answer.status, "error": content["error_code"]}
    if answer.status >= 400:
        return {"status": answer.status}
    # The ids of experiments depend on what else was told to a server.
    text = (answer.body if content is None else json.dumps(content).encode()).decode("latin-1")
    for name in ("experiment", "second"):
        text = text.replace(f'"{names[name]}"', f'"<{name}>"')
        text = text.replace(f"mlflow-artifacts:/{names[name]}/", f"mlflow-artifacts:/<{name}>/")
    kept = {
        name: answer.headers.get(name)
        for name in ("content-type", "content-disposition", "x-content-type-options")
    }
    read = Message()
    for name, value in kept.items():
        if value is not None:
            read[name] = value
    # A file's name may be spelled in two ways at once; what counts is what is read from them.
    kept["content-disposition"] = (read.get_content_disposition(), read.get_filename())
    kept["content-type"] = read.get_content_type() if answer.body else None
    body = json.loads(text) if content is not None else text
    return Normaliser()({"status": answer.status, "headers": kept, "body": ordered(body)})


def ordered(value: Any) -> Any:
    """The body with lists of keyed things in the order of their keys, which nobody promises."""
    if isinstance(value, dict):
        return {name: ordered(item) for name, item in value.items() if name != "next_page_token"}
    if isinstance(value, list):
        items = [ordered(item) for item in value]
        keyed = all(isinstance(item, dict) and "key" in item for item in items)
        return sorted(items, key=lambda item: item["key"]) if keyed else items
    return value


@pytest.fixture(scope="session")
def exchanges(servers):
    """All requests sent in order to both servers: {name: (their answer, ours, names)}."""
    answers = {}
    for server, address in servers.items():
        names = furnish(address, "wire-test-")
        requests = [*SAME, *(request for request, _status, _reason in DIFFERENT)]
        answers[server] = {request.name: send(address, request, names) for request in requests}
        answers[server]["names"] = names
    return answers


@pytest.mark.parametrize("name", [request.name for request in SAME])
def test_answer_is_the_same(exchanges, name):
    """Both servers answer a plain request alike: status, error code, body, headers that count."""
    theirs, ours = (
        comparable(exchanges[server][name], exchanges[server]["names"])
        for server in ("mlflow", "epochal")
    )
    assert ours == theirs, difference(name, theirs, ours)


@pytest.mark.parametrize(
    ("name", "status", "reason"), [(item[0].name, item[1], item[2]) for item in DIFFERENT]
)
def test_answer_is_better(exchanges, name, status, reason):
    """Where MLflow is sloppy ours is a 4xx in JSON, with a code, a message and no inside."""
    theirs, ours = (exchanges[server][name] for server in ("mlflow", "epochal"))
    assert ours.status == status, reason
    assert ours.json is not None, ours.body
    assert ours.json["error_code"]
    assert len(ours.json["message"]) > 10
    assert b"Traceback" not in ours.body
    both = [(answer.status, (answer.json or {}).get("error_code")) for answer in (theirs, ours)]
    assert both[0] != both[1], "MLflow answers alike now"


def test_bulk_history_is_json_that_every_parser_reads(servers, exchanges):
    """NaN is the text "NaN" in bulk histories too; MLflow sends a bare NaN, which is no JSON."""
    path = f"{AJAX}/metrics/get-history-bulk"
    asked = get("bulk history with NaN", path, run_id="{run}", metric_key="nan")
    theirs, ours = (
        send(servers[server], asked, exchanges[server]["names"])
        for server in ("mlflow", "epochal")
    )
    assert b"NaN" in theirs.body
    assert b'"NaN"' not in theirs.body
    assert [point["value"] for point in ours.json["metrics"]] == ["NaN"]


def test_version_is_plain_text(servers):
    """Both name the version of MLflow's protocol; ours does not call it HTML."""
    theirs, ours = (
        send(servers[server], get("version", "/version"), {}) for server in ("mlflow", "epochal")
    )
    assert ours.body == theirs.body
    assert ours.headers["content-type"].startswith("text/plain")


def test_every_answer_of_ours_is_safe(exchanges):
    """No request of the whole list gets a 5xx, a traceback or a page of HTML from us."""
    for name, answer in exchanges["epochal"].items():
        if isinstance(answer, Answer):
            assert answer.status < 500 or answer.status == 501, name
            assert b"Traceback" not in answer.body, name
            assert b"<html" not in answer.body.lower(), name
            if answer.status >= 400:
                assert answer.json, name
                assert answer.json["error_code"], name
