import {
  keepPreviousData,
  type UseQueryResult,
  useQueries,
  useQuery,
} from "@tanstack/react-query";
import { type RunGroup, readGroups, readTable, type TablePage } from "../wire/tables";
import { keys } from "./keys";
import { type RunSearch, selectionOf } from "./useRuns";

/** More groups than these are no overview any more. */
export const MOST_GROUPS = 1000;
/** So many runs of an opened group are listed. */
export const MOST_LISTED = 50;
const CALM_MS = 15_000;

/** Runs with equal values put together, with what is said of all of them. */
export function useGroups(
  experimentId: string,
  search: RunSearch,
  by: readonly string[],
  aggregates: readonly string[],
  isReady: boolean,
) {
  const { filter, viewType } = search;
  return useQuery({
    queryKey: [...keys.runGroups(experimentId), filter, viewType, by, aggregates],
    enabled: isReady && by.length > 0,
    queryFn: async ({ signal }): Promise<{ groups: RunGroup[]; isAll: boolean }> => {
      const page = await readGroups(
        {
          ...selectionOf(experimentId, search),
          by: [...by],
          aggregates: [...aggregates],
          max_results: MOST_GROUPS,
          page_token: "",
        },
        signal,
      );
      return { groups: page.groups, isAll: !page.next_page_token };
    },
    placeholderData: keepPreviousData,
    refetchInterval: CALM_MS,
  });
}

/** The first runs of some groups, each by its own filter; undefined until they are read. */
export function useGroupedRuns(
  experimentId: string,
  searches: readonly RunSearch[],
  columns: readonly string[],
) {
  return useQueries({
    queries: searches.map((search) => ({
      queryKey: [...keys.runTables(experimentId), "group", search, columns],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        readTable(
          {
            ...selectionOf(experimentId, search),
            order_by: search.orderBy,
            columns: [...columns],
            max_results: MOST_LISTED,
            page_token: "",
          },
          signal,
        ),
      refetchInterval: CALM_MS,
      placeholderData: keepPreviousData,
    })),
    combine: pagesOf,
  });
}

function pagesOf(results: UseQueryResult<TablePage>[]): (TablePage | undefined)[] {
  return results.map(({ data }) => data);
}
