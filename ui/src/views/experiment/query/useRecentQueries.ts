import { useCallback, useState } from "react";
import { isStrings, recall, remember } from "../../../store/remembered";

const KEPT = 10;

/** The last queries of this experiment that found something, newest first. */
export function useRecentQueries(experimentId: string): [string[], (query: string) => void] {
  const key = `queries.${experimentId}`;
  const [queries, setQueries] = useState(() => recall(key, isStrings, []));
  const add = useCallback(
    (query: string) => {
      setQueries((old) => {
        if (query === "" || old[0] === query) return old;
        const next = [query, ...old.filter((each) => each !== query)].slice(0, KEPT);
        remember(key, next);
        return next;
      });
    },
    [key],
  );
  return [queries, add];
}
