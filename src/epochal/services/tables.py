"""What one can ask of many runs at once without reading them whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from epochal.entities import RunTable, ViewType
from epochal.errors import InvalidParameterError
from epochal.ports.tracking import RunQuery
from epochal.rules import limits
from epochal.rules.names import check_experiment_id
from epochal.search.columns import is_number, parse_aggregate, parse_column, parse_columns
from epochal.search.lexer import UNSTORABLE
from epochal.search.parser import parse_filter, parse_order_by
from epochal.services.pages import check_page_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.entities import Page, RunGroup, ValueCount
    from epochal.ports.tables import TableStore
    from epochal.services.locations import Presentation


@dataclass(frozen=True, slots=True)
class RunSelection:
    """Which runs are asked about, as callers spell it."""

    experiment_ids: Sequence[str]
    filter_text: str | None = None
    view: int = ViewType.ACTIVE_ONLY


@dataclass(frozen=True, slots=True)
class Tables:
    """Runs in columns, counted and grouped. Stateless: safe from any thread."""

    store: TableStore
    presentation: Presentation

    def read(
        self,
        selection: RunSelection,
        columns: Sequence[str] | None = None,
        order_by: Sequence[str] = (),
        *,
        max_results: int = 1000,
        page_token: str | None = None,
    ) -> RunTable:
        """One page of runs in the columns named, or in all there are.

        A page is cut where it would have more than `limits.MAX_TABLE_CELLS` cells.
        Raises InvalidParameterError and its SearchSyntaxErrors.
        """
        check_page_size(max_results, limits.MAX_PAGE_RUNS)
        if columns is not None and len(columns) > limits.MAX_TABLE_COLUMNS:
            raise _too_many("columns", len(columns), limits.MAX_TABLE_COLUMNS)
        fields = None if columns is None else parse_columns(columns)
        if fields:
            max_results = min(max_results, limits.MAX_TABLE_CELLS // len(fields))
        query = replace(
            _query(selection, max_results, page_token),
            order_by=parse_order_by(order_by, "run"),
        )
        table = self.store.read_table(query, fields)
        self._show_locations(table)
        return table

    def count(self, selection: RunSelection) -> int:
        """How many runs match. Raises InvalidParameterError and its SearchSyntaxErrors."""
        return self.store.count_runs(_query(selection))

    def group(
        self,
        selection: RunSelection,
        by: Sequence[str],
        aggregates: Sequence[str] = (),
        *,
        max_results: int = 1000,
        page_token: str | None = None,
    ) -> Page[RunGroup]:
        """Runs with equal values counted together. See `search.columns.parse_aggregate`.

        Raises InvalidParameterError and its SearchSyntaxErrors.
        """
        check_page_size(max_results, limits.MAX_PAGE_GROUPS)
        if len(by) > limits.MAX_GROUP_FIELDS:
            raise _too_many("fields to group by", len(by), limits.MAX_GROUP_FIELDS)
        if len(aggregates) > limits.MAX_AGGREGATES:
            raise _too_many("aggregates", len(aggregates), limits.MAX_AGGREGATES)
        fields = [parse_column(text, "group") for text in by]
        wanted = [parse_aggregate(text) for text in aggregates]
        return self.store.group_runs(_query(selection, max_results, page_token), fields, wanted)

    def list_values(
        self, selection: RunSelection, field: str, *, prefix: str = "", max_results: int = 100
    ) -> list[ValueCount]:
        """The distinct values of a field, most frequent first.

        Raises InvalidParameterError and its SearchSyntaxErrors.
        """
        check_page_size(max_results, limits.MAX_VALUES)
        wanted = parse_column(field, "field")
        if prefix and is_number(wanted):
            raise InvalidParameterError(
                f"Invalid value {prefix[:80]!r} for parameter 'prefix' supplied: the values of "
                f"{field!r} are numbers; give a prefix for texts only, and a filter for numbers"
            )
        if UNSTORABLE.search(prefix):
            raise InvalidParameterError(
                f"Invalid value {prefix[:80]!r} for parameter 'prefix' supplied: it holds NUL or "
                "half a surrogate pair, which no text of a run can hold"
            )
        return self.store.list_values(_query(selection, max_results), wanted, prefix)

    def _show_locations(self, table: RunTable) -> None:
        for text in ("artifact_uri", "attributes.artifact_uri"):
            stored = table.columns.get(text)
            if stored is not None and self.presentation.shown_root is not None:
                table.columns[text] = [self.presentation.uri(uri) for uri in stored]


def _query(selection: RunSelection, limit: int = 1, page_token: str | None = None) -> RunQuery:
    for experiment_id in selection.experiment_ids:
        check_experiment_id(experiment_id)
    return RunQuery(
        experiment_ids=selection.experiment_ids,
        where=parse_filter(selection.filter_text, "run"),
        view=selection.view,
        limit=limit,
        page_token=page_token or None,
    )


def _too_many(what: str, count: int, limit: int) -> InvalidParameterError:
    return InvalidParameterError(f"{count} {what} are asked for; at most {limit} are allowed")
