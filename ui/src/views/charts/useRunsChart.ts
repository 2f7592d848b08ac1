import { useMemo } from "react";
import { DASHES, dashesOf } from "../../charts/dashes";
import type { LineSeries, LineSettings } from "../../charts/lineDefaults";
import type { RunRow } from "../../store/rows";
import { runColor, runColorIndex } from "../../store/runColors";
import type { Curve } from "../../wire/curves";
import { rankLabel, splitRank } from "./ranks";
import { useCurveChart } from "./useCurveChart";
import type { PanelZoom } from "./zooms";

/** Everything that a chart of some metrics of several runs needs, live and zoomable. */
export function useRunsChart(
  rows: readonly RunRow[],
  metricKeys: readonly string[],
  wanted: LineSettings,
  zoomed: PanelZoom | undefined,
) {
  const chart = useCurveChart(
    {
      runIds: rows.map(({ id }) => id),
      keys: metricKeys,
      isLive: rows.some(({ status }) => status === "RUNNING"),
    },
    wanted,
    zoomed,
  );
  const keyText = metricKeys.join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `keyText` stands for the keys
  const series = useMemo(
    () => seriesOf(rows, metricKeys, chart.curves),
    [rows, keyText, chart.curves],
  );
  return { ...chart, series };
}

/** Curves in the order of the rows; a dash tells runs of one colour, or metrics, apart. */
function seriesOf(
  rows: readonly RunRow[],
  metricKeys: readonly string[],
  curves: readonly Curve[],
): LineSeries[] {
  const dashes = dashesOf(
    rows.map(({ id }) => id),
    runColorIndex,
  );
  const byPlace = new Map(curves.map((curve) => [`${curve.runId} ${curve.key}`, curve]));
  const isOnly = metricKeys.length === 1;
  const isRanks = new Set(metricKeys.map((key) => splitRank(key).name)).size === 1;
  return rows.flatMap((row) =>
    metricKeys.flatMap((key, index) => {
      const curve = byPlace.get(`${row.id} ${key}`);
      if (!curve || curve.points.steps.length === 0) return [];
      const part = isRanks ? rankLabel(key) : key;
      return [
        {
          id: row.id,
          label: isOnly ? row.name : `${row.name} · ${part}`,
          color: runColor(row.id),
          dash: isOnly ? dashes.get(row.id) : DASHES[index % DASHES.length],
          points: curve.points,
          originMs: curve.originMs,
        },
      ];
    }),
  );
}
