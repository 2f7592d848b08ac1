import { useCallback, useEffect, useMemo, useState } from "react";
import { ErrorBox } from "../../../components/ErrorBox";
import { paths } from "../../../routing/paths";
import { navigate } from "../../../routing/useLocation";
import { type RunRow, rowOf } from "../../../store/rows";
import { useKept } from "../../../store/useKept";
import { useRuns } from "../../../store/useRuns";
import { type ApiError, toApiError } from "../../../wire/errors";
import type { RunPage } from "../../../wire/types";
import { useSlash } from "../../useSlash";
import { toFilter } from "../query/filter";
import { QueryBar } from "../query/QueryBar";
import { buildColumns, isShown, orderBy } from "./columns";
import { NoRuns } from "./NoRuns";
import { RunsFooter } from "./RunsFooter";
import { RunsTable } from "./RunsTable";
import { RunsTools } from "./RunsTools";
import { useKnownKeys } from "./useKnownKeys";
import { useRecentQueries } from "./useRecentQueries";
import { useRunsState } from "./useRunsState";
import "./RunsTab.css";

export type RunsTabProps = { experimentId: string; experimentName: string | undefined };

const NONE: ReadonlySet<string> = new Set();

/** The runs of an experiment: asked for in the bar, shown in the table, counted below. */
export function RunsTab({ experimentId, experimentName }: RunsTabProps) {
  const [state, change] = useRunsState(experimentId);
  const [selection, setSelection] = useState(NONE);
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
  const columns = useMemo(() => buildColumns(rows), [rows]);
  const shown = useMemo(
    () => columns.filter((column) => isShown(column, state.choice)),
    [columns, state.choice],
  );
  const isAnswered = found.isSuccess && !found.isPlaceholderData;
  const refusal = refusalOf(found.error, filter);
  useEffect(() => {
    if (isAnswered && filter && rows.length > 0) addRecent(state.query);
  }, [isAnswered, filter, rows.length, state.query, addRecent]);
  const searchRef = useSlash();
  const { fetchNextPage, isFetchingNextPage } = found;
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage]);
  const selected = useMemo(() => rows.filter(({ id }) => selection.has(id)), [rows, selection]);
  const isEmpty = pages !== undefined && rows.length === 0 && !found.isPlaceholderData;
  const isBare = isEmpty && filter === "" && !state.isDeleted && !found.error;
  const emptiness = emptinessOf({ isEmpty, isBare, isDeleted: state.isDeleted, refusal, pages });
  return (
    <div className="RunsTab">
      <div className="RunsTab-bar">
        <QueryBar
          ref={searchRef}
          value={state.query}
          onChange={(query) => change({ query })}
          known={known}
          recent={recent}
          error={refusal}
        />
        <RunsTools
          experimentName={experimentName ?? experimentId}
          rows={rows}
          columns={columns}
          shown={shown}
          state={state}
          onChange={(changes) => {
            if (changes.isDeleted !== undefined) setSelection(NONE);
            change(changes);
          }}
        />
      </div>
      {found.error && !refusal && !pages ? (
        <ErrorBox
          title="The runs could not be loaded."
          error={found.error}
          onRetry={() => void found.refetch()}
        />
      ) : emptiness ? (
        <NoRuns
          experimentName={experimentName}
          reason={emptiness}
          onClear={() => change({ query: "" })}
        />
      ) : (
        <RunsTable
          experimentId={experimentId}
          rows={pages && rows}
          columns={shown}
          isStale={found.isPlaceholderData || refusal !== undefined}
          sort={state.sort}
          onSort={(sort) => change({ sort })}
          selection={selection}
          onSelect={setSelection}
          onOpen={(row) => navigate(paths.run(experimentId, row.id))}
          hasMore={found.hasNextPage}
          onMore={more}
        />
      )}
      {!isBare && emptiness !== "refused" && (
        <RunsFooter
          experimentId={experimentId}
          count={pages && rows.length}
          hasMore={found.hasNextPage}
          selected={selected}
          isDeleted={state.isDeleted}
          onClear={() => setSelection(NONE)}
        />
      )}
    </div>
  );
}

type Findings = {
  isEmpty: boolean;
  isBare: boolean;
  isDeleted: boolean;
  refusal: ApiError | undefined;
  pages: RunPage[] | undefined;
};

/** Why there is no table, where there is none. */
function emptinessOf({ isEmpty, isBare, isDeleted, refusal, pages }: Findings) {
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
