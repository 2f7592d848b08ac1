import type { RunRow } from "../../store/rows";

/**
 * Part metrics into curves and single values, over several runs.
 *
 * A metric whose latest step is 0 in every run was nearly always logged once a run.
 */
export function splitKinds(
  keys: readonly string[],
  rows: readonly RunRow[],
): { curves: string[]; values: string[] } {
  const stepped = new Set<string>();
  for (const row of rows) for (const key of row.stepped) stepped.add(key);
  return {
    curves: keys.filter((key) => stepped.has(key)),
    values: keys.filter((key) => !stepped.has(key)),
  };
}
