import { useMemo } from "react";
import { DASHES, dashesOf } from "../../charts/dashes";
import { stepRange, type XAxis, xValues } from "../../charts/horizontal";
import type { LineSeries, LineSettings, XRange } from "../../charts/lineDefaults";
import { runColor } from "../../format/palette";
import type { RunRow } from "../../store/rows";
import { type Histories, useRunHistories } from "../../store/useRunHistories";
import type { HistoryRange } from "../../wire/histories";
import { usefulAxis } from "./chartSettings";

/** How far beyond a zoom's edges points are read, as a share of its width. */
const MARGIN = 0.5;

/** A zoom is a stretch of one axis; on another axis it means nothing. */
export type PanelZoom = { axis: XAxis; range: XRange };

/** Everything that a chart of some metrics of several runs needs, live and zoomable. */
export function useRunsChart(
  rows: readonly RunRow[],
  metricKeys: readonly string[],
  wanted: LineSettings,
  zoomed: PanelZoom | undefined,
) {
  const measured = rows.filter(({ metrics }) => metricKeys.some((key) => metrics.has(key)));
  const ids = measured.map(({ id }) => id);
  const isLive = measured.some(({ status }) => status === "RUNNING");
  const overview = useRunHistories(metricKeys, ids, { isLive });
  const keyText = metricKeys.join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `keyText` stands for the keys
  const known = useMemo(
    () => seriesOf(rows, metricKeys, overview.histories),
    [rows, keyText, overview.histories],
  );
  const xAxis = axisOf(wanted.xAxis, known);
  const settings = useMemo(() => ({ ...wanted, xAxis }), [wanted, xAxis]);

  const zoom = zoomed?.axis === xAxis ? zoomed.range : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: live curves grow; the zoomed stretch stays what it was
  const range = useMemo(
    () => (zoom && overview.isThinned ? rangeOf(known, xAxis, zoom) : undefined),
    [zoom, overview.isThinned, xAxis],
  );
  const detail = useRunHistories(range ? metricKeys : [], range ? ids : [], {
    isLive: false,
    range,
  });
  const isDetailed = range !== undefined && (detail.histories?.length ?? 0) > 0;
  const near = isDetailed ? detail.histories : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `keyText` stands for the keys
  const series = useMemo(
    () => (near ? seriesOf(rows, metricKeys, near) : known),
    [rows, keyText, near, known],
  );
  return { overview, series, settings, zoom, isThinned: overview.isThinned && !isDetailed };
}

/** Curves in the order of the rows; a dash tells runs of one colour, or metrics, apart. */
function seriesOf(
  rows: readonly RunRow[],
  metricKeys: readonly string[],
  histories: readonly Histories[] | undefined,
): LineSeries[] {
  const dashes = dashesOf(rows.map(({ id }) => id));
  return rows.flatMap((row) =>
    metricKeys.flatMap((key, index) => {
      const points = histories?.[index]?.get(row.id);
      if (!points || points.steps.length === 0) return [];
      const isOnly = metricKeys.length === 1;
      return [
        {
          id: row.id,
          label: isOnly ? row.name : `${row.name} · ${key}`,
          color: runColor(row.id),
          dash: isOnly ? dashes.get(row.id) : DASHES[index % DASHES.length],
          points,
          originMs: row.startMs,
        },
      ];
    }),
  );
}

/** Curves that all lie at one step each are shown over time since the start. */
function axisOf(wanted: XAxis, series: readonly LineSeries[]): XAxis {
  const long = series.filter(({ points }) => points.steps.length > 1);
  const isFlat = long.every(({ points }) => usefulAxis(wanted, points.steps) !== wanted);
  return long.length > 0 && isFlat ? "relative" : wanted;
}

function rangeOf(
  series: readonly LineSeries[],
  axis: XAxis,
  zoom: XRange,
): HistoryRange | undefined {
  const ranges = series.flatMap(({ points, originMs = 0 }) => {
    const x = xValues(points, axis, originMs);
    return stepRange(points, x, zoom.min, zoom.max, MARGIN) ?? [];
  });
  if (ranges.length === 0) return undefined;
  return {
    start: Math.min(...ranges.map(({ start }) => start)),
    end: Math.max(...ranges.map(({ end }) => end)),
  };
}
