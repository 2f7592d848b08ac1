import { makePoints, type Points } from "../charts/points";
import { get } from "./client";
import { readNumber } from "./numbers";
import type { MetricHistory } from "./types";

/** The most points of one run that the server gives in one answer. */
export const MOST_POINTS = 2500;

export type HistoryRange = { start: number; end: number };

/**
 * Read a metric's points, evenly thinned out by the server when there are more than `limit`.
 *
 * An unknown run or metric has no points; that is not an error.
 */
export async function getPoints(
  runId: string,
  metricKey: string,
  options: { range?: HistoryRange; limit?: number },
  signal?: AbortSignal,
): Promise<Points> {
  const { range, limit = MOST_POINTS } = options;
  const found = await get<MetricHistory>(
    "metrics/get-history-bulk-interval",
    {
      run_ids: [runId],
      metric_key: metricKey,
      max_results: limit,
      start_step: range?.start,
      end_step: range?.end,
    },
    signal,
  );
  return makePoints(
    (found.metrics ?? []).map((metric) => ({
      step: Number(metric.step),
      time: Number(metric.timestamp),
      value: readNumber(metric.value),
    })),
  );
}
