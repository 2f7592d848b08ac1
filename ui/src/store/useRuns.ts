import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { countRuns, type RunSelection, readTable, type TablePage } from "../wire/tables";
import type { ViewType } from "../wire/types";
import { keys } from "./keys";

export type RunSearch = { filter: string; orderBy: string[]; viewType: ViewType };

const FIRST_PAGE = 100;
const NEXT_PAGE = 400;
const EMPTY_MS = 2000;
const LIVE_MS = 5000;
const CALM_MS = 30_000;

/**
 * The runs of an experiment in some columns, a page at a time; asked again often while some
 * are running. Without columns nothing is asked yet.
 */
export function useRuns(
  experimentId: string,
  search: RunSearch,
  columns: readonly string[] | undefined,
) {
  return useInfiniteQuery({
    queryKey: [...keys.runTables(experimentId), search, columns],
    enabled: columns !== undefined,
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      readTable(
        {
          ...selectionOf(experimentId, search),
          order_by: search.orderBy,
          columns: [...(columns ?? [])],
          max_results: pageParam ? NEXT_PAGE : FIRST_PAGE,
          page_token: pageParam,
        },
        signal,
      ),
    getNextPageParam: (page) => page.next_page_token || undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => intervalOf(state.data?.pages, state.status === "error"),
  });
}

/** How many runs match, asked again while the table is. */
export function useRunCount(
  experimentId: string,
  search: Omit<RunSearch, "orderBy">,
  isEnabled: boolean,
) {
  const { filter, viewType } = search;
  return useQuery({
    queryKey: [...keys.runCounts(experimentId), filter, viewType],
    enabled: isEnabled,
    queryFn: ({ signal }) => countRuns(selectionOf(experimentId, search), signal),
    refetchInterval: LIVE_MS * 2,
    placeholderData: keepPreviousData,
  });
}

export function selectionOf(
  experimentId: string,
  { filter, viewType }: Omit<RunSearch, "orderBy">,
): RunSelection {
  return { experiment_ids: [experimentId], filter, run_view_type: viewType };
}

/** Every loaded page is asked again, so the more there are, the longer the pause. */
function intervalOf(pages: TablePage[] | undefined, isRefused: boolean): number | false {
  if (!pages || isRefused) return false;
  if (pages.every(({ run_ids }) => run_ids.length === 0)) return EMPTY_MS;
  const isLive = pages.some(({ columns }) => columns.status?.includes("RUNNING"));
  return Math.max(isLive ? LIVE_MS : CALM_MS, pages.length * 2000);
}
