import { useQuery } from "@tanstack/react-query";
import { post } from "../wire/client";
import type { RunPage } from "../wire/types";
import { keys } from "./keys";

const MOST_SHOWN = 100;
const LIVE_MS = 5000;

/** The runs that name this one as their parent, newest first. */
export function useChildRuns(experimentId: string, runId: string, options: { isLive: boolean }) {
  return useQuery({
    queryKey: [...keys.run(runId), "children"],
    queryFn: ({ signal }) =>
      post<RunPage>(
        "runs/search",
        {
          experiment_ids: [experimentId],
          filter: `tags.mlflow.parentRunId = '${runId.replaceAll("'", "")}'`,
          order_by: ["attributes.start_time DESC"],
          max_results: MOST_SHOWN,
        },
        signal,
      ),
    refetchInterval: options.isLive ? LIVE_MS : false,
  });
}
