"""What is known of a metric finds and orders runs through the SDK, which passes the text on."""

from __future__ import annotations

import json

import pytest

from fixtures.scripts import run_script
from fixtures.servers import epochal_server

SCRIPT = """
import json
import sys

import epochal

if sys.argv[1] != "-":
    epochal.set_tracking_uri(sys.argv[1])
epochal.set_experiment("curves")
for name, losses in {"early": (0.5, 0.1, 0.9), "late": (0.8, 0.6, 0.2)}.items():
    with epochal.start_run(run_name=name):
        for step, loss in enumerate(losses):
            epochal.log_metric("loss", loss, step=step)

def names(filter_string="", *order_by):
    found = epochal.search_runs(
        filter_string=filter_string, order_by=list(order_by), output_format="list"
    )
    return [run.info.run_name for run in found]

seen = {
    "latest": names("", "metrics.loss"),
    "best": names("", "min(metrics.loss)"),
    "worst": names("", "max(metrics.loss) DESC", "start_time"),
    "good": names("min(metrics.loss) < 0.15 AND count(metrics.loss) = 3"),
    "improving": names("min_step(metrics.loss) > 1"),
}
try:
    names("minn(metrics.loss) < 1")
except Exception as error:
    seen["error"] = [type(error).__name__, str(error)]
print(json.dumps(seen))
"""


@pytest.mark.parametrize("where", ["embedded", "http"])
def test_summaries_find_and_order_runs(where, tmp_path):
    """In the process and over HTTP alike, right after the runs were logged."""
    if where == "embedded":
        done = run_script(tmp_path, SCRIPT, "-")
    else:
        with epochal_server(tmp_path / "server") as address:
            done = run_script(tmp_path, SCRIPT, address)
    assert done.code == 0, done.err
    seen = json.loads(done.out.splitlines()[-1])
    kind, message = seen.pop("error")
    assert seen == {
        "latest": ["late", "early"],
        "best": ["early", "late"],
        "worst": ["early", "late"],
        "good": ["early"],
        "improving": ["late"],
    }
    assert kind == "SearchSyntaxError"
    assert "did you mean 'min'?" in message
