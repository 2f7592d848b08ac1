import { useQuery } from "@tanstack/react-query";
import { get } from "../wire/client";
import type { Run } from "../wire/types";
import { keys } from "./keys";

const LIVE_MS = 3000;

/** One run with its latest metrics, params and tags; asked again while it is running. */
export function useRun(runId: string) {
  return useQuery({
    queryKey: keys.run(runId),
    queryFn: async ({ signal }) =>
      (await get<{ run: Run }>("runs/get", { run_id: runId }, signal)).run,
    refetchInterval: ({ state }) => (state.data?.info.status === "RUNNING" ? LIVE_MS : false),
  });
}
