import { useQuery } from "@tanstack/react-query";
import { get } from "../wire/client";
import type { Experiment } from "../wire/types";
import { keys } from "./keys";

/** One experiment by id, deleted ones included. */
export function useExperiment(id: string) {
  return useQuery({
    queryKey: keys.experiment(id),
    queryFn: async ({ signal }) => {
      const found = await get<{ experiment: Experiment }>(
        "experiments/get",
        { experiment_id: id },
        signal,
      );
      return found.experiment;
    },
  });
}
