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
