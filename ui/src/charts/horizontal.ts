import type { Points } from "./points";

/** What a chart's x axis counts. */
export type XAxis = "step" | "time" | "relative";

export const X_AXES: readonly XAxis[] = ["step", "time", "relative"];

/** The words of an x axis, for its label and for pickers. */
export const X_AXIS_NAMES: Record<XAxis, string> = {
  step: "Step",
  time: "Wall time",
  relative: "Relative time",
};

/**
 * The x values of points: steps, seconds since the epoch, or seconds since `originMs`.
 *
 * Seconds, because the drawing library counts time in them.
 */
export function xValues(points: Points, axis: XAxis, originMs: number): Float64Array {
  if (axis === "step") return points.steps;
  const origin = axis === "time" ? 0 : originMs;
  return points.times.map((ms) => (ms - origin) / 1000);
}

/** The order of indices in which x never falls; undefined when it is already so. */
export function ascending(x: Float64Array): Uint32Array | undefined {
  let isSorted = true;
  for (let index = 1; index < x.length && isSorted; index++) {
    isSorted = (x[index - 1] ?? 0) <= (x[index] ?? 0);
  }
  if (isSorted) return undefined;
  const order = Uint32Array.from(x, (_, index) => index);
  return order.sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0) || a - b);
}

/** Where relative time starts: with the run, or with a point that claims to be older. */
export function originOf(startMs: number | undefined, all: readonly Points[]): number {
  let origin = startMs ?? Number.POSITIVE_INFINITY;
  for (const points of all) for (const ms of points.times) if (ms < origin) origin = ms;
  return Number.isFinite(origin) ? origin : 0;
}

/**
 * The steps that lie between two x values, widened by `margin` of the span on both sides.
 *
 * Zooming draws from this range: the margin lets the line run on beyond the edges and gives
 * smoothing something to start from. Undefined when fewer than one point lies inside.
 */
export function stepRange(
  points: Points,
  x: ArrayLike<number>,
  from: number,
  to: number,
  margin: number,
): { start: number; end: number } | undefined {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  const pad = (to - from) * margin;
  for (let index = 0; index < points.steps.length; index++) {
    const at = x[index] ?? Number.NaN;
    if (!(at >= from - pad && at <= to + pad)) continue;
    const step = points.steps[index] ?? 0;
    if (step < start) start = step;
    if (step > end) end = step;
  }
  return start <= end ? { start, end } : undefined;
}
