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

/**
 * A stretch of an axis in whole steps or milliseconds, widened by `margin` of the span on both
 * sides.
 *
 * Zooming asks for this window: the margin lets the line run on beyond the edges and gives
 * smoothing something to start from.
 */
export function windowOf(
  axis: XAxis,
  { min, max }: { min: number; max: number },
  margin: number,
): { start: number; end: number } {
  const pad = (max - min) * margin;
  const unit = axis === "step" ? 1 : 1000;
  return { start: Math.floor((min - pad) * unit), end: Math.ceil((max + pad) * unit) };
}
