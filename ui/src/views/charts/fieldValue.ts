import type { Field } from "../../charts/chartSpec";
import type { RunRow } from "../../store/rows";

/** A run's value for an axis: a number where it is one, else the param's word. */
export function fieldValue(row: RunRow, { group, key }: Field): number | string | undefined {
  if (group === "metrics") return row.metrics.get(key);
  return row.params.get(key);
}

/** Whether every text is a number, so that an axis can be one of numbers. */
export function areNumbers(values: readonly (number | string)[]): boolean {
  return values.every(
    (value) => typeof value === "number" || (value.trim() !== "" && !Number.isNaN(Number(value))),
  );
}
