import { useMemo, useRef } from "react";
import { keysOf, type RunRow, valuesOf } from "../../../store/rows";
import type { KnownKeys } from "../query/completion";

/** The keys of all runs seen in this visit, so that completion survives an empty result. */
export function useKnownKeys(rows: readonly RunRow[]): KnownKeys {
  const seen = useRef({
    metrics: new Set<string>(),
    params: new Set<string>(),
    tags: new Set<string>(),
  });
  const lastRows = useRef(rows);
  return useMemo(() => {
    if (rows.length > 0) lastRows.current = rows;
    const gather = (kind: "metrics" | "params" | "tags") => {
      for (const key of keysOf(rows, kind)) seen.current[kind].add(key);
      return [...seen.current[kind]].sort();
    };
    return {
      metrics: gather("metrics"),
      params: gather("params"),
      tags: gather("tags"),
      valuesOf: (kind, key) => valuesOf(lastRows.current, kind, key),
    };
  }, [rows]);
}
