import { type XAxis, xValues } from "./horizontal";
import type { LineSeries, XRange } from "./lineDefaults";
import { makePoints, type Points, rowsOf } from "./points";

/** The points of a curve that a zoom shows; all of them without one. */
export function stretchOf(
  { points, originMs: own }: LineSeries,
  xAxis: XAxis,
  originMs: number,
  zoom: XRange | undefined,
): Points {
  if (!zoom) return points;
  const x = xValues(points, xAxis, own ?? originMs);
  const isInside = (_: unknown, index: number) => {
    const at = x[index] ?? Number.NaN;
    return at >= zoom.min && at <= zoom.max;
  };
  return makePoints(rowsOf(points).filter(isInside));
}
