import { align, spread } from "./align";
import { breakLine, countNotPositive, type GapKind, gapKind } from "./gaps";
import { ascending, xValues } from "./horizontal";
import type { LineSeries, LineSettings } from "./lineDefaults";
import { type Point, type Points, pointAt } from "./points";
import { smooth } from "./smoothing";

/** One column that the drawing library is given. */
export type LineColumn = {
  /** Index of the series that the column belongs to. */
  series: number;
  /** The faint line of what was measured, behind the smoothed one. */
  isBackground: boolean;
  /** null breaks the line; undefined says that another series owns this row. */
  values: (number | null | undefined)[];
};

/** A place where a curve has a value that cannot be drawn. */
export type GapMark = { series: number; x: number; kind: GapKind };

/** Everything a line chart draws, worked out from its series and settings. */
export type LineData = {
  x: Float64Array;
  /** What the columns' values are measured in: 1, or more where sums of them would overflow. */
  unit: number;
  columns: LineColumn[];
  marks: GapMark[];
  /** Finite values that a log axis leaves out. */
  notPositive: number;
  /** What stands at a row for a series, for tooltips: measured point and smoothed value. */
  readRow: (series: number, row: number) => { point: Point; smoothed: number } | undefined;
};

type Curve = { points: Points; x: Float64Array; smoothed: Float64Array };

/** Turn series into aligned columns: sorted by x, smoothed, broken at what cannot be drawn. */
export function lineData(
  series: readonly LineSeries[],
  settings: LineSettings,
  originMs: number,
): LineData {
  const curves = series.map(({ points, originMs: own = originMs }) =>
    curveOf(points, settings, own),
  );
  const { x, sources } = align(curves.map((curve) => curve.x));
  const unit = settings.isLog ? 1 : unitOf(curves.map(({ points }) => points.values));
  const columns = curves.flatMap((curve, index) =>
    columnsOf(curve, sources[index] ?? new Int32Array(), index, settings),
  );
  if (unit > 1) for (const { values } of columns) divide(values, unit);
  return {
    x,
    unit,
    columns,
    marks: curves.flatMap(marksOf),
    notPositive: settings.isLog
      ? curves.reduce((sum, { points }) => sum + countNotPositive(points.values), 0)
      : 0,
    readRow: (index, row) => {
      const at = sources[index]?.[row] ?? -1;
      const curve = curves[index];
      if (at < 0 || !curve) return undefined;
      return {
        point: pointAt(curve.points, at),
        smoothed: curve.smoothed[at] ?? Number.NaN,
      };
    },
  };
}

/** Beyond this the distance between two values, and room around it, may not be a number. */
const LARGEST = 1e300;

/** In what values are measured on an axis that is not logarithmic. */
function unitOf(curves: readonly ArrayLike<number>[]): number {
  for (const values of curves) {
    for (let index = 0; index < values.length; index++) {
      const size = Math.abs(values[index] ?? 0);
      if (size > LARGEST && Number.isFinite(size)) return LARGEST;
    }
  }
  return 1;
}

function divide(values: (number | null | undefined)[], unit: number): void {
  for (const [index, value] of values.entries()) {
    if (typeof value === "number") values[index] = value / unit;
  }
}

function curveOf(points: Points, settings: LineSettings, originMs: number): Curve {
  const x = xValues(points, settings.xAxis, originMs);
  const order = ascending(x);
  if (!order) return { points, x, smoothed: smooth(points.values, settings.smoothing) };
  const pick = (values: Float64Array) =>
    Float64Array.from(order, (index) => values[index] ?? Number.NaN);
  const sorted: Points = {
    steps: pick(points.steps),
    times: pick(points.times),
    values: pick(points.values),
  };
  return { points: sorted, x: pick(x), smoothed: smooth(sorted.values, settings.smoothing) };
}

function columnsOf(
  curve: Curve,
  source: Int32Array,
  series: number,
  { smoothing, isLog }: LineSettings,
): LineColumn[] {
  const raw = spread(breakLine(curve.points.values, isLog), source);
  if (smoothing <= 0) return [{ series, isBackground: false, values: raw }];
  const line = spread(breakLine(curve.smoothed, isLog), source);
  return [
    { series, isBackground: true, values: raw },
    { series, isBackground: false, values: line },
  ];
}

function marksOf(curve: Curve, series: number): GapMark[] {
  const marks: GapMark[] = [];
  for (const [index, value] of curve.points.values.entries()) {
    const kind = gapKind(value);
    if (kind) marks.push({ series, x: curve.x[index] ?? 0, kind });
  }
  return marks;
}
