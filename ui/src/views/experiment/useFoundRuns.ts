import { useCallback, useEffect, useMemo } from "react";
import { type RunRow, rowOf } from "../../store/rows";
import { useKept } from "../../store/useKept";
import { useRuns } from "../../store/useRuns";
import { type ApiError, toApiError } from "../../wire/errors";
import type { RunPage } from "../../wire/types";
import { toFilter } from "./query/filter";
import { orderBy } from "./runs/columns";
import { useKnownKeys } from "./runs/useKnownKeys";
import { useRecentQueries } from "./runs/useRecentQueries";
import { useRunsState } from "./runs/useRunsState";

/** Why there is nothing to show, where there is nothing. */
export type Emptiness = "bare" | "unmatched" | "deleted" | "refused";

/** The runs that the address asks for, the same for all tabs of an experiment. */
export function useFoundRuns(experimentId: string) {
  const [state, change] = useRunsState(experimentId);
  const [recent, addRecent] = useRecentQueries(experimentId);
  const filter = toFilter(state.query);
  const found = useRuns(experimentId, {
    filter,
    orderBy: orderBy(state.sort),
    viewType: state.isDeleted ? "DELETED_ONLY" : "ACTIVE_ONLY",
  });
  // A refused filter has no runs of its own; those found before stay in sight.
  const pages = useKept(found.data?.pages);
  const rows = useRows(pages);
  const known = useKnownKeys(rows);
  const isAnswered = found.isSuccess && !found.isPlaceholderData;
  const refusal = refusalOf(found.error, filter);
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
    recent,
    known,
    rows,
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
  pages: RunPage[] | undefined;
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
  return refusal.status === 400 ? refusal : undefined;
}

/** The runs of all pages; one that moved between pages while they were loaded stands once. */
function useRows(pages: RunPage[] | undefined): RunRow[] {
  return useMemo(() => {
    const rows = new Map<string, RunRow>();
    for (const page of pages ?? []) {
      for (const run of page.runs ?? []) rows.set(run.info.run_id, rowOf(run));
    }
    return [...rows.values()];
  }, [pages]);
}
