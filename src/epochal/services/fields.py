"""The catalogue of what can be asked for: known fields with their types and counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from epochal.entities import FieldKind
from epochal.errors import InvalidParameterError
from epochal.ports.tables import FieldQuery
from epochal.rules import limits
from epochal.rules.names import check_experiment_id
from epochal.services.pages import check_page_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epochal.entities import KnownField, Page
    from epochal.ports.tables import TableStore

_KINDS: tuple[FieldKind, ...] = get_args(FieldKind)


@dataclass(frozen=True, slots=True)
class Fields:
    """What the runs of some experiments have. Stateless: safe from any thread."""

    store: TableStore

    def list(
        self,
        experiment_ids: Sequence[str],
        kinds: Sequence[str] = (),
        prefix: str = "",
        *,
        max_results: int = 1000,
        page_token: str | None = None,
    ) -> Page[KnownField]:
        """One page of known fields, of all kinds unless some are named.

        `prefix` is that of a key (`lo`) or of a field as written (`metrics.lo`), whatever the
        case. Raises InvalidParameterError.
        """
        check_page_size(max_results, limits.MAX_PAGE_FIELDS)
        for experiment_id in experiment_ids:
            check_experiment_id(experiment_id)
        wanted: list[FieldKind] = [kind for kind in _KINDS if not kinds or kind in kinds]
        unknown = [kind for kind in kinds if kind not in _KINDS]
        if unknown:
            raise InvalidParameterError(
                f"Invalid value {unknown[0][:80]!r} for parameter 'kinds' supplied: it must be one "
                f"of {', '.join(_KINDS)}"
            )
        for kind in _KINDS:
            if prefix.lower().startswith(f"{kind}s."):
                prefix = prefix[len(kind) + 2 :].strip('`"')
                wanted = [one for one in wanted if one == kind]
                break
        return self.store.list_fields(
            FieldQuery(experiment_ids, wanted, prefix, max_results, page_token or None)
        )
