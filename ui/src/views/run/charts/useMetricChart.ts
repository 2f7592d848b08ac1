import { useMemo } from "react";
import { originOf, stepRange, type XAxis, xValues } from "../../../charts/horizontal";
import type { LineSeries, LineSettings, XRange } from "../../../charts/lineDefaults";
import { NO_POINTS } from "../../../charts/points";
import { runColor } from "../../../format/palette";
import { useMetricDetail, useMetricHistory } from "../../../store/useMetricHistory";
import { readTime } from "../../../wire/numbers";
import type { Run } from "../../../wire/types";
import { usefulAxis } from "../../charts/chartSettings";

/** How far beyond a zoom's edges points are read, as a share of its width. */
const MARGIN = 0.5;

/** A zoom is a stretch of one axis; on another axis it means nothing. */
export type PanelZoom = { axis: XAxis; range: XRange };

/** Everything that a chart of one metric of one run needs, live and zoomable. */
export function useMetricChart(
  run: Run,
  metricKey: string,
  wanted: LineSettings,
  zoomed: PanelZoom | undefined,
) {
  const runId = run.info.run_id;
  const isLive = run.info.status === "RUNNING";
  const history = useMetricHistory(runId, metricKey, isLive);
  const overview = history.data?.points ?? NO_POINTS;
  const xAxis = usefulAxis(wanted.xAxis, overview.steps);
  const settings = useMemo(() => ({ ...wanted, xAxis }), [wanted, xAxis]);
  const startMs = readTime(run.info.start_time);
  const originMs = useMemo(() => originOf(startMs, [overview]), [startMs, overview]);

  const zoom = zoomed?.axis === xAxis ? zoomed.range : undefined;
  const isThinned = history.data?.isThinned ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the overview of a live run grows; the zoomed stretch stays what it was
  const range = useMemo(() => {
    if (!zoom || !isThinned) return undefined;
    const x = xValues(overview, xAxis, originMs);
    return stepRange(overview, x, zoom.min, zoom.max, MARGIN);
  }, [zoom, isThinned, xAxis]);
  const detail = useMetricDetail(runId, metricKey, range);
  const isDetailed = range !== undefined && detail.data !== undefined;
  const points = isDetailed ? (detail.data?.points ?? overview) : overview;

  const series = useMemo<LineSeries[]>(
    () => [{ id: runId, label: metricKey, color: runColor(runId), points }],
    [runId, metricKey, points],
  );
  return {
    history,
    series,
    points,
    settings,
    originMs,
    zoom,
    isThinned: isDetailed ? (detail.data?.isThinned ?? false) : isThinned,
  };
}
