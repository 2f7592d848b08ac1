import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import { get } from "../wire/client";
import { toApiError } from "../wire/errors";
import type { Run } from "../wire/types";
import { keys } from "./keys";

const LIVE_MS = 5000;

/** Runs by their ids, in that order; those that are not there are told apart. */
export function useRunsById(runIds: readonly string[]) {
  return useQueries({
    queries: runIds.map((id) => ({
      queryKey: keys.run(id),
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await get<{ run: Run }>("runs/get", { run_id: id }, signal)).run,
      refetchInterval: ({ state }: { state: { data?: Run } }) =>
        state.data?.info.status === "RUNNING" ? LIVE_MS : (false as const),
    })),
    combine,
  });
}

function combine(results: UseQueryResult<Run>[]) {
  const failed = results.filter(({ error, data }) => error && !data);
  return {
    runs: results.flatMap(({ data }) => data ?? []),
    isPending: results.some(({ isPending }) => isPending),
    /** How many runs do not exist, and the first failure of another kind. */
    missing: failed.filter(({ error }) => toApiError(error).isNotFound).length,
    error: failed.find(({ error }) => !toApiError(error).isNotFound)?.error,
    refetch: () => {
      for (const result of results) if (result.error) void result.refetch();
    },
  };
}
