import { useMemo } from "react";
import { DASHES } from "../../../charts/dashes";
import type { LineSeries, LineSettings } from "../../../charts/lineDefaults";
import { paletteColor, RUN_COLORS } from "../../../format/palette";
import { runColor } from "../../../store/runColors";
import type { Run } from "../../../wire/types";
import { type MetricSet, rankLabel, splitRank } from "../../charts/ranks";
import { useCurveChart } from "../../charts/useCurveChart";
import type { PanelZoom } from "../../charts/zooms";

/** Everything that a chart of one metric of one run needs, live and zoomable. */
export function useMetricChart(
  run: Run,
  set: MetricSet,
  wanted: LineSettings,
  zoomed: PanelZoom | undefined,
) {
  const runId = run.info.run_id;
  const { keys } = set;
  const isLive = run.info.status === "RUNNING";
  const chart = useCurveChart({ runIds: [runId], keys, isLive }, wanted, zoomed);
  const series = useMemo(
    () =>
      chart.curves
        .map(
          (curve): LineSeries => ({
            ...lookOf(curve.key, runId, keys.length),
            points: curve.points,
            originMs: curve.originMs,
          }),
        )
        .sort((a, b) => keys.indexOf(a.id) - keys.indexOf(b.id)),
    [chart.curves, keys, runId],
  );
  return { ...chart, series, originMs: chart.curves[0]?.originMs ?? 0 };
}

/** A run alone has its own colour; of its ranks each has one, and beyond twelve a dash. */
function lookOf(key: string, runId: string, count: number) {
  if (count === 1) return { id: key, label: key, color: runColor(runId) };
  const { rank } = splitRank(key);
  if (rank === undefined) return { id: key, label: rankLabel(key), color: "var(--text)" };
  return {
    id: key,
    label: rankLabel(key),
    color: paletteColor(rank),
    dash: DASHES[Math.floor(rank / RUN_COLORS) % DASHES.length],
  };
}
