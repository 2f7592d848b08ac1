import type { RunRow } from "../../store/rows";

/** A value of a run that an axis can show. */
export type Field = { group: "metrics" | "params"; key: string };

/** What one chart of several runs shows. */
export type ChartSpec =
  | { kind: "line"; metrics: readonly string[] }
  | { kind: "bar"; metric: string }
  | { kind: "scatter"; x: Field; y: string; isLogX: boolean; isLogY: boolean };

/** The name that a chart goes by until somebody gives it one. */
export function titleOf(spec: ChartSpec): string {
  switch (spec.kind) {
    case "line":
      return spec.metrics.join(", ");
    case "bar":
      return spec.metric;
    case "scatter":
      return `${spec.y} by ${spec.x.key}`;
  }
}

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
