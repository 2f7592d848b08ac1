import type { RunRow } from "../../store/rows";

/**
 * Part metrics into curves and single values, over several runs.
 *
 * A metric of which the rows cannot tell is taken for a curve: its panel knows better.
 */
export function splitKinds(
  keys: readonly string[],
  rows: readonly RunRow[],
  asked: readonly string[] = keys,
): { curves: string[]; values: string[] } {
  const known = new Set(asked);
  const stepped = new Set(keys.filter((key) => !known.has(key)));
  for (const row of rows) for (const key of row.stepped) stepped.add(key);
  return {
    curves: keys.filter((key) => stepped.has(key)),
    values: keys.filter((key) => !stepped.has(key)),
  };
}
