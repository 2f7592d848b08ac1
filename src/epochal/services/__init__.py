"""What Epochal does: use cases made of rules and ports, plain Python without I/O of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from epochal.services.artifacts import Artifacts
    from epochal.services.completion import Completions
    from epochal.services.datasets import Datasets
    from epochal.services.experiments import Experiments
    from epochal.services.fields import Fields
    from epochal.services.metrics import Metrics
    from epochal.services.registry import Registry
    from epochal.services.runs import Runs
    from epochal.services.tables import Tables
    from epochal.services.transfers import Transfers
    from epochal.services.upkeep import Upkeep
    from epochal.services.views import Views
    from epochal.services.writers import Writers


@dataclass(frozen=True, slots=True)
class Services:
    """All use cases over one store, wired together by `epochal.wiring`."""

    experiments: Experiments
    runs: Runs
    metrics: Metrics
    artifacts: Artifacts
    transfers: Transfers
    upkeep: Upkeep
    datasets: Datasets
    writers: Writers
    tables: Tables
    fields: Fields
    completions: Completions
    views: Views
    registry: Registry
    close: Callable[[], None]
