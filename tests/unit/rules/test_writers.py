"""What writers may say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from epochal.entities import WriterReport
from epochal.errors import InvalidParameterError
from epochal.rules.writers import check_count, check_report, check_writer

REPORT = WriterReport("r" * 32, "w", "ok", 0, "host", 1)


def test_a_report_of_ours_passes():
    """With and without a rank."""
    check_report(REPORT)
    check_report(replace(REPORT, rank=0, state="degraded"))
    check_writer("w" * 128)
    check_count(1000)


@pytest.mark.parametrize(
    "changes",
    [{"run_id": ""}, {"writer": "a\0"}, {"state": "x"}, {"host": "\0"}, {"pid": -1}, {"rank": 2**63}],
)  # fmt: skip
def test_anything_else_is_refused(changes):
    """Each names what is wrong."""
    with pytest.raises(InvalidParameterError):
        check_report(replace(REPORT, **changes))
    with pytest.raises(InvalidParameterError, match="1001"):
        check_count(1001)
