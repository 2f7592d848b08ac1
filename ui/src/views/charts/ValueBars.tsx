import { useMemo } from "react";
import { type Bar, BarChart } from "../../charts/BarChart";
import type { Lit } from "../../charts/lit";
import { paths } from "../../routing/paths";
import type { RunRow } from "../../store/rows";
import { runColor } from "../../store/runColors";
import { PANEL_HEIGHT } from "./panelSizes";

export type ValueBarsProps = {
  metric: string;
  rows: readonly RunRow[];
  /** Values by run id, where the rows do not carry them. */
  values?: ReadonlyMap<string, number>;
  lit: Lit;
};

/** The latest value of a metric of each run, in the order of the runs. */
export function ValueBars({ metric, rows, values, lit }: ValueBarsProps) {
  const bars = useMemo(
    () =>
      rows.flatMap((row): Bar[] => {
        const value = values?.get(row.id) ?? row.metrics.get(metric);
        if (value === undefined) return [];
        const href = paths.run(row.experimentId, row.id);
        return [{ runId: row.id, label: row.name, color: runColor(row.id), href, value }];
      }),
    [rows, values, metric],
  );
  if (bars.length === 0) {
    return <p className="ChartPanel-single muted">No shown run has “{metric}”.</p>;
  }
  return <BarChart title={metric} bars={bars} height={PANEL_HEIGHT} lit={lit} />;
}
