import { useCallback, useEffect, useMemo } from "react";
import { ROW_FIELDS, type RunRow, type TableField, tableRows } from "../../store/rows";
import { useFields } from "../../store/useFields";
import { useKept } from "../../store/useKept";
import { type RunSearch, useRunCount, useRuns } from "../../store/useRuns";
import { type ApiError, toApiError } from "../../wire/errors";
import type { KnownField } from "../../wire/fields";
import type { TablePage } from "../../wire/tables";
import { toFilter } from "./query/filter";
import { useRecentQueries } from "./query/useRecentQueries";
import { isShown } from "./runs/choice";
import { buildColumns, fieldsOf } from "./runs/columns";
import { orderBy } from "./runs/sort";
import { useRunsState } from "./runs/useRunsState";

/** Why there is nothing to show, where there is nothing. */
export type Emptiness = "bare" | "unmatched" | "deleted" | "refused";

/** The server reads no more columns at once. */
const MOST_SHOWN = 900;
const NO_FIELDS: readonly KnownField[] = [];

/**
 * The runs that the address asks for, the same for all tabs of an experiment.
 *
 * Of each run only what is in sight is read: the columns of the table, or for other views
 * what `wanted` makes of the fields that are known.
 */
export function useFoundRuns(
  experimentId: string,
  wanted?: (fields: readonly KnownField[]) => readonly TableField[],
) {
  const [state, change] = useRunsState(experimentId);
  const [recent, addRecent] = useRecentQueries(experimentId);
  const filter = toFilter(state.query);
  const order = orderBy(state.sort);
  const search: RunSearch = {
    filter,
    orderBy: order,
    viewType: state.isDeleted ? "DELETED_ONLY" : "ACTIVE_ONLY",
  };
  const catalogue = useFields(experimentId);
  const fields = catalogue.data ?? NO_FIELDS;
  const columns = useMemo(() => buildColumns(fields, state.choice), [fields, state.choice]);
  const shown = useMemo(
    () => columns.filter((column) => isShown(column, state.choice)).slice(0, MOST_SHOWN),
    [columns, state.choice],
  );
  const sortColumn = columns.find(({ id }) => id === state.sort?.id);
  const asked = useMemo(() => {
    const own = wanted ? wanted(fields) : fieldsOf(shown);
    return unique([...ROW_FIELDS, ...own, ...fieldsOf(sortColumn ? [sortColumn] : [])]);
  }, [wanted, fields, shown, sortColumn]);
  const names = useMemo(() => asked.map(({ text }) => text), [asked]);
  // A server that knows no fields still knows the runs; the reason is told by the picker.
  const isReady = catalogue.data !== undefined || catalogue.isError;
  const found = useRuns(experimentId, search, isReady ? names : undefined);
  // A refused filter has no runs of its own; those found before stay in sight.
  const pages = useKept(found.data?.pages);
  const rows = useRows(pages, asked, experimentId, state.isDeleted);
  const isAnswered = found.isSuccess && !found.isPlaceholderData;
  const refusal = refusalOf(found.error, filter);
  const count = useRunCount(experimentId, search, isAnswered && found.hasNextPage);
  // Until there is an answer, and where there is none, the number goes with the runs in sight.
  const counted = { total: found.hasNextPage ? count.data : rows.length };
  const { total } = useKept(isAnswered ? counted : undefined) ?? counted;
  useEffect(() => {
    if (isAnswered && filter && rows.length > 0) addRecent(state.query);
  }, [isAnswered, filter, rows.length, state.query, addRecent]);
  const { fetchNextPage, isFetchingNextPage } = found;
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage]);
  const isEmpty = pages !== undefined && rows.length === 0 && !found.isPlaceholderData;
  const isBare = isEmpty && filter === "" && !state.isDeleted && !found.error;
  return {
    state,
    change,
    search,
    recent,
    fields,
    columns,
    shown,
    asked,
    rows,
    /** How many match, once that is known to be more than are loaded. */
    total,
    /** The fields are known, so what is asked now will not be asked again. */
    isReady,
    isLoaded: pages !== undefined,
    isStale: found.isPlaceholderData || refusal !== undefined,
    refusal,
    /** What stands in the way of showing anything, the filter aside. */
    error: found.error && !refusal && !pages ? found.error : undefined,
    retry: () => void found.refetch(),
    emptiness: emptinessOf({ isEmpty, isBare, isDeleted: state.isDeleted, refusal, pages }),
    hasMore: found.hasNextPage,
    more,
  };
}

export type FoundRuns = ReturnType<typeof useFoundRuns>;

type Findings = {
  isEmpty: boolean;
  isBare: boolean;
  isDeleted: boolean;
  refusal: ApiError | undefined;
  pages: TablePage[] | undefined;
};

function emptinessOf(findings: Findings): Emptiness | undefined {
  const { isEmpty, isBare, isDeleted, refusal, pages } = findings;
  if (refusal) return pages ? undefined : "refused";
  if (!isEmpty) return undefined;
  if (isBare) return "bare";
  return isDeleted ? "deleted" : "unmatched";
}

/** A filter's fault is shown below the bar; any other failure takes the table's place. */
function refusalOf(error: unknown, filter: string): ApiError | undefined {
  if (!error || filter === "") return undefined;
  const refusal = toApiError(error);
  // The order may be wrong as well; the box for filters has nothing to say about that.
  const isAboutFilter = refusal.about === undefined || refusal.about === filter;
  return refusal.status === 400 && isAboutFilter ? refusal : undefined;
}

/** The runs of all pages; one that moved between pages while they were loaded stands once. */
function useRows(
  pages: TablePage[] | undefined,
  asked: readonly TableField[],
  experimentId: string,
  isDeleted: boolean,
): RunRow[] {
  return useMemo(() => {
    const rows = new Map<string, RunRow>();
    for (const page of pages ?? []) {
      for (const row of tableRows(page, asked, { experimentId, isDeleted })) rows.set(row.id, row);
    }
    return [...rows.values()];
  }, [pages, asked, experimentId, isDeleted]);
}

function unique(fields: readonly TableField[]): TableField[] {
  return [...new Map(fields.map((field) => [field.text, field])).values()];
}
