import { makePoints, type Point, type Points } from "../charts/points";
import { get } from "./client";
import { readNumber } from "./numbers";
import type { Metric, MetricHistory } from "./types";

/** The most points of one run that the server gives in one answer. */
export const MOST_POINTS = 2500;
/** The most runs that the server takes in one question. */
const MOST_RUNS = 100;

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
  return makePoints((await ask([runId], metricKey, options, signal)).map(readPoint));
}

/**
 * Read a metric's points of many runs, each thinned out by itself, by run id.
 *
 * A run without the metric is not in the answer.
 */
export async function getPointsOfRuns(
  runIds: readonly string[],
  metricKey: string,
  options: { range?: HistoryRange; limit?: number },
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Points>> {
  const asked = inParts(runIds, MOST_RUNS).map((part) => ask(part, metricKey, options, signal));
  const rows = new Map<string, Point[]>();
  for (const metric of (await Promise.all(asked)).flat()) {
    const id = metric.run_id ?? runIds[0] ?? "";
    const known = rows.get(id);
    if (known) known.push(readPoint(metric));
    else rows.set(id, [readPoint(metric)]);
  }
  return new Map([...rows].map(([id, points]) => [id, makePoints(points)]));
}

async function ask(
  runIds: readonly string[],
  metricKey: string,
  { range, limit = MOST_POINTS }: { range?: HistoryRange; limit?: number },
  signal?: AbortSignal,
): Promise<Metric[]> {
  const found = await get<MetricHistory>(
    "metrics/get-history-bulk-interval",
    {
      run_ids: [...runIds],
      metric_key: metricKey,
      max_results: limit,
      start_step: range?.start,
      end_step: range?.end,
    },
    signal,
  );
  return found.metrics ?? [];
}

function readPoint(metric: Metric): Point {
  return {
    step: Number(metric.step),
    time: Number(metric.timestamp),
    value: readNumber(metric.value),
  };
}

function inParts<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  );
}
