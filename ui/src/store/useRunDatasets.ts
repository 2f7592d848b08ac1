import { useQuery } from "@tanstack/react-query";
import { get } from "../wire/client";
import type { Run } from "../wire/types";
import { keys } from "./keys";
import { rowOf } from "./rows";

/** The datasets of one run in words; for columns of the table that few people open. */
export function useRunDatasets(runId: string) {
  return useQuery({
    queryKey: [...keys.run(runId), "datasets"],
    queryFn: async ({ signal }) =>
      rowOf((await get<{ run: Run }>("runs/get", { run_id: runId }, signal)).run).datasets,
    staleTime: 60_000,
  });
}
