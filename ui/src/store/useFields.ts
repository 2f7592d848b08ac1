import { useQuery } from "@tanstack/react-query";
import { listFields } from "../wire/fields";
import { keys } from "./keys";

const EMPTY_MS = 2000;
const CALM_MS = 10_000;

/** Every metric, param and tag that runs of an experiment have, with how many have it. */
export function useFields(experimentId: string) {
  return useQuery({
    queryKey: keys.fields(experimentId),
    queryFn: ({ signal }) => listFields([experimentId], ["metric", "param", "tag"], signal),
    staleTime: CALM_MS,
    refetchInterval: ({ state }) => {
      if (state.status === "error") return false;
      return state.data?.length === 0 ? EMPTY_MS : CALM_MS;
    },
  });
}
