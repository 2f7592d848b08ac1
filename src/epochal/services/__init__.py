"""What Epochal does: use cases made of rules and ports, plain Python without I/O of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.services.artifacts import Artifacts
    from epochal.services.datasets import Datasets
    from epochal.services.experiments import Experiments
    from epochal.services.metrics import Metrics
    from epochal.services.runs import Runs


@dataclass(frozen=True, slots=True)
class Services:
    """All use cases over one store, wired together by `epochal.wiring`."""

    experiments: Experiments
    runs: Runs
    metrics: Metrics
    artifacts: Artifacts
    datasets: Datasets
    close: Callable[[], None]
