import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { post } from "../wire/client";
import type { RunPage, SearchRunsRequest, ViewType } from "../wire/types";
import { keys } from "./keys";

export type RunSearch = { filter: string; orderBy: string[]; viewType: ViewType };

const PAGE = 100;
const EMPTY_MS = 2000;
const LIVE_MS = 5000;
const CALM_MS = 30_000;

/** The runs of an experiment, a page at a time; asked again often while some are running. */
export function useRuns(experimentId: string, search: RunSearch) {
  return useInfiniteQuery({
    queryKey: [...keys.runs(experimentId), search],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      post<RunPage>("runs/search", requestOf(experimentId, search, pageParam), signal),
    getNextPageParam: (page) => page.next_page_token || undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => intervalOf(state.data?.pages, state.status === "error"),
  });
}

function requestOf(id: string, search: RunSearch, token: string): SearchRunsRequest {
  return {
    experiment_ids: [id],
    filter: search.filter,
    order_by: search.orderBy,
    run_view_type: search.viewType,
    max_results: PAGE,
    ...(token ? { page_token: token } : {}),
  };
}

/** Every loaded page is asked again, so the more there are, the longer the pause. */
function intervalOf(pages: RunPage[] | undefined, isRefused: boolean): number | false {
  if (!pages || isRefused) return false;
  const runs = pages.flatMap((page) => page.runs ?? []);
  if (runs.length === 0) return EMPTY_MS;
  const isLive = runs.some(({ info }) => info.status === "RUNNING");
  return Math.max(isLive ? LIVE_MS : CALM_MS, pages.length * 2000);
}
