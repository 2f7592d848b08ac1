import { useQuery } from "@tanstack/react-query";
import { listWriters } from "../wire/writers";
import { keys } from "./keys";

const LIVE_MS = 5000;

/** The processes that log into a run, asked again while it is running. */
export function useWriters(runId: string, isLive: boolean) {
  return useQuery({
    queryKey: [...keys.run(runId), "writers"],
    queryFn: ({ signal }) => listWriters(runId, signal),
    staleTime: LIVE_MS,
    refetchInterval: isLive ? LIVE_MS : false,
  });
}
