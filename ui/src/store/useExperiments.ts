import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { post } from "../wire/client";
import type { ExperimentPage, SearchExperimentsRequest, ViewType } from "../wire/types";
import { keys } from "./keys";

export type ExperimentSearch = { filter: string; orderBy: string[]; viewType: ViewType };

const PAGE = 100;
const REFRESH_MS = 30_000;

/** The experiments of this store, a page at a time. */
export function useExperiments(search: ExperimentSearch) {
  return useInfiniteQuery({
    queryKey: [...keys.experiments, search],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      post<ExperimentPage>("experiments/search", requestOf(search, pageParam), signal),
    getNextPageParam: (page) => page.next_page_token || undefined,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });
}

function requestOf(search: ExperimentSearch, token: string): SearchExperimentsRequest {
  return {
    max_results: PAGE,
    filter: search.filter,
    order_by: search.orderBy,
    view_type: search.viewType,
    ...(token ? { page_token: token } : {}),
  };
}
