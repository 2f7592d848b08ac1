import { keysOf, type RunRow } from "../../../store/rows";

/** What the charts of these runs can show. */
export type FieldChoices = { metrics: readonly string[]; params: readonly string[] };

export function fieldChoices(rows: readonly RunRow[]): FieldChoices {
  return { metrics: keysOf(rows, "metrics"), params: keysOf(rows, "params") };
}
