"""What a backend promises about answers that are not whole runs: tables, counts, groups.

Nothing here writes. *Visibility.* Each answer is one snapshot. *Bounds.* No answer is larger
than its query allows, whatever the store holds. *Threads.* One instance serves many threads.
*Errors.* Only leaves of `epochal.errors`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from epochal.entities import FieldKind, KnownField, Page, RunGroup, RunTable, ValueCount
    from epochal.ports.tracking import RunQuery
    from epochal.search.columns import Aggregate
    from epochal.search.tree import Field


@dataclass(frozen=True, slots=True)
class FieldQuery:
    """Which known fields are asked for: those that begin with `prefix`, whatever the case."""

    experiment_ids: Sequence[str]
    kinds: Collection[FieldKind] = ("attribute", "metric", "param", "tag")
    prefix: str = ""
    limit: int = 1000
    page_token: str | None = None


class TableStore(Protocol):
    """Where runs are looked at in columns. See the module's promises."""

    def read_table(self, query: RunQuery, columns: Mapping[str, Field] | None) -> RunTable:
        """One page of runs in the order of `search_runs`, in the columns asked for.

        Without columns: `experiment_id`, `run_name`, `status`, `artifact_uri`, `start_time`,
        `end_time` and all that is logged (`metrics.…`, `params.…`, `tags.…`, keys unquoted),
        in the order of first sight. A page of such may hold fewer runs than asked for although
        more follow.
        """
        ...

    def count_runs(self, query: RunQuery) -> int:
        """How many runs match; the limit of the query does not count."""
        ...

    def group_runs(
        self, query: RunQuery, by: Sequence[Field], aggregates: Sequence[Aggregate]
    ) -> Page[RunGroup]:
        """Runs with equal values counted together, ordered by those values, missing ones last.

        The query's limit and token are of groups.
        """
        ...

    def list_values(self, query: RunQuery, field: Field, prefix: str) -> list[ValueCount]:
        """The distinct values of a field, most frequent first; only texts have prefixes."""
        ...

    def list_fields(self, query: FieldQuery) -> Page[KnownField]:
        """Attributes first, then metrics, params and tags, each by key."""
        ...
