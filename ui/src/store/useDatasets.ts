import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import {
  listVersions,
  readDiff,
  readLineage,
  readVersion,
  searchDatasets,
} from "../wire/datasets";

const FOREVER = Number.POSITIVE_INFINITY;

/** The named datasets of the store whose name holds a text, a page at a time. */
export function useDatasets(contains: string) {
  return useInfiniteQuery({
    queryKey: ["datasets", "search", contains],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => searchDatasets(contains, pageParam, signal),
    getNextPageParam: (page) => page.next_page_token || undefined,
    placeholderData: keepPreviousData,
  });
}

/** The versions of a dataset, the newest first, a page at a time. */
export function useVersions(name: string) {
  return useInfiniteQuery({
    queryKey: ["datasets", name, "versions"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => listVersions(name, pageParam, signal),
    getNextPageParam: (page) => page.next_page_token || undefined,
  });
}

/** A version with its profile. It never changes once it is there. */
export function useVersion(name: string, version: number) {
  return useQuery({
    queryKey: ["datasets", name, "version", version],
    queryFn: ({ signal }) => readVersion(name, version, signal),
    staleTime: FOREVER,
  });
}

export function useDiff(name: string, before: number, after: number) {
  return useQuery({
    queryKey: ["datasets", name, "diff", before, after],
    queryFn: ({ signal }) => readDiff(name, before, after, signal),
    staleTime: FOREVER,
  });
}

export function useLineage(name: string, version: number) {
  return useQuery({
    queryKey: ["datasets", name, "lineage", version],
    queryFn: ({ signal }) => readLineage(name, version, signal),
  });
}
