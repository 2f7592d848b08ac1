import type uPlot from "uplot";
import type { ChartTheme } from "./chartTheme";
import { lonely } from "./gaps";
import type { LineColumn } from "./lineData";
import { LINE_SIZES, type LineSeries, type LineSettings, type XRange } from "./lineDefaults";
import { TIME_STEPS, xTicks, yTicks } from "./ticks";

export type LineOptionParts = {
  series: readonly LineSeries[];
  columns: readonly LineColumn[];
  settings: LineSettings;
  theme: ChartTheme;
  width: number;
  height: number;
  /** Charts with one key move their crosshair together. */
  syncKey: string;
  /** Read on every draw, so that zooming needs no new chart. */
  readZoom: () => XRange | undefined;
  /** What the values are measured in; read on every draw as well. */
  readUnit: () => number;
  onZoom: (range: XRange | undefined) => void;
  plugins: uPlot.Plugin[];
};

/** The drawing library's options for a line chart. Pure but for the callbacks it is given. */
export function lineOptions(parts: LineOptionParts): uPlot.Options {
  const { settings, theme } = parts;
  return {
    width: parts.width,
    height: parts.height,
    padding: [8, 18, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false, range: (_, min, max) => xRange(parts.readZoom(), min, max) },
      y: {
        distr: settings.isLog ? 3 : 1,
        range: (_, min, max) => yRange(min, max, settings.isLog),
      },
    },
    axes: [xAxisOptions(settings, theme), yAxisOptions(parts)],
    series: [{}, ...parts.columns.map((column) => columnOptions(column, parts))],
    cursor: cursorOptions(parts),
    hooks: { setSelect: [(chart) => zoomToSelection(chart, parts.onZoom)] },
    plugins: parts.plugins,
  };
}

/** The x range shown: the zoom, else all points; one lone x gets some room around it. */
export function xRange(
  zoom: XRange | undefined,
  min: number | null,
  max: number | null,
): [number, number] {
  if (zoom) return [zoom.min, zoom.max];
  if (min === null || max === null) return [0, 1];
  return min === max ? [min - 1, max + 1] : [min, max];
}

/** The y range shown: what is visible and a little room; without values, a plain frame. */
export function yRange(min: number | null, max: number | null, isLog: boolean): [number, number] {
  if (min === null || max === null || !Number.isFinite(min) || !Number.isFinite(max)) {
    return isLog ? [0.1, 10] : [0, 1];
  }
  if (isLog)
    return min === max
      ? [min / 2 || min, Math.min(max * 2, Number.MAX_VALUE)]
      : [oneDigit(min, Math.floor), oneDigit(max, Math.ceil)];
  if (min === max) {
    const room = Math.abs(min) * 0.1 || 1;
    return [min - room, max + room];
  }
  const room = (max - min) * 0.06;
  return [min - room, max + room];
}

/** A number with its first digit only, rounded down or up: where a log axis may begin. */
function oneDigit(value: number, round: (value: number) => number): number {
  const power = Math.floor(Math.log10(value));
  const rounded = Number(`${round(value / Number(`1e${power}`))}e${power}`);
  // The least and greatest numbers that there are have nothing beyond them.
  return rounded > 0 && Number.isFinite(rounded) ? rounded : value;
}

function xAxisOptions({ xAxis }: LineSettings, theme: ChartTheme): uPlot.Axis {
  return {
    stroke: theme.text,
    font: theme.font,
    size: xAxis === "time" ? 36 : 24,
    gap: 4,
    space: LINE_SIZES.tickSpaceX,
    ...(xAxis === "step" ? { incrs: WHOLE_STEPS } : { incrs: TIME_STEPS }),
    grid: { show: false },
    ticks: { stroke: theme.axis, width: 1, size: 4 },
    border: { show: true, stroke: theme.axis, width: 1 },
    values: (_, splits, _axis, _space, step) => xTicks(xAxis, splits, step),
  };
}

/** Steps are whole numbers, so ticks between them would be lies. */
const WHOLE_STEPS = Array.from({ length: 16 }, (_, power) =>
  [1, 2, 5].map((digit) => digit * 10 ** power),
).flat();

function yAxisOptions({ settings: { isLog }, theme, readUnit }: LineOptionParts): uPlot.Axis {
  return {
    stroke: theme.text,
    font: theme.font,
    size: (_, values) => {
      const longest = Math.max(0, ...(values ?? []).map((label) => label?.length ?? 0));
      return Math.max(40, 14 + longest * 6.5);
    },
    gap: 6,
    space: LINE_SIZES.tickSpaceY,
    grid: { stroke: theme.grid, width: 1, ...(isLog ? { filter: labelledOnly } : {}) },
    ticks: { show: false },
    ...(isLog
      ? { incrs: LOG_STEPS, splits: (_chart, _axis, min, max) => logSplits(min, max) }
      : {}),
    values: (_, splits, _axis, _space, step) => yTicks(splits, isLog ? 0 : step, readUnit()),
  };
}

/** Without a step as wide as its range an axis is left out, and the library's own end at 1e32. */
const LOG_STEPS = Array.from({ length: 341 }, (_, index) =>
  [1, 2, 2.5, 5].map((digit) => Number(`${digit}e${index - 32}`)),
)
  .flat()
  .filter(Number.isFinite);

/** More powers of ten than these and the digits between them are not asked for. */
const MOST_DECADES = 24;

/** Where a log axis may have ticks. The drawing library's own never end beyond 1e32. */
export function logSplits(min: number, max: number): number[] {
  const first = Math.floor(Math.log10(min));
  const last = Math.min(308, Math.floor(Math.log10(max)));
  const digits = last - first > MOST_DECADES ? [1] : [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const splits: number[] = [];
  for (let power = first; power <= last; power++) {
    for (const digit of digits) splits.push(Number(`${digit}e${power}`));
  }
  return splits.filter((value) => value >= min && value <= max);
}

/** Of a log axis' many ticks, those that a line across the chart helps to read. */
function labelledOnly(chart: uPlot, splits: number[]): (number | null)[] {
  const { min = 1, max = 1 } = chart.scales.y ?? {};
  const isNarrow = max / min < 100;
  return splits.map((value) => (isNarrow || isPowerOfTen(value) ? value : null));
}

function isPowerOfTen(value: number): boolean {
  const power = Math.log10(value);
  return Math.abs(power - Math.round(power)) < 1e-9;
}

function columnOptions(column: LineColumn, parts: LineOptionParts): uPlot.Series {
  const series = parts.series[column.series];
  const isSmoothed = parts.settings.smoothing > 0 && !column.isBackground;
  const color = parts.theme.resolve(series?.color ?? "gray");
  return {
    label: series?.label ?? "",
    stroke: color,
    width: column.isBackground ? 1 : LINE_SIZES.width,
    alpha: column.isBackground ? LINE_SIZES.rawAlpha : 1,
    ...(series?.dash ? { dash: series.dash } : {}),
    points: {
      size: LINE_SIZES.pointSize,
      // Dots are what was measured; a smoothed line has none, and among many they are noise.
      space:
        isSmoothed || parts.series.length > LINE_SIZES.dottedSeries
          ? Number.POSITIVE_INFINITY
          : LINE_SIZES.pointSpace,
      fill: color,
      // A value between two breaks has no line; without its dot it would not be seen at all.
      filter: (chart, index, isShown) =>
        isShown ? null : lonely(chart.data[index] as (number | null | undefined)[]),
    },
  };
}

function cursorOptions({ syncKey, onZoom }: LineOptionParts): uPlot.Cursor {
  const isHover = (type: string) => type === "mousemove" || type === "mouseleave";
  return {
    y: false,
    points: { size: 7 },
    drag: { x: true, y: false, setScale: false, dist: 4 },
    // Only hovering is shared: a zoom belongs to the chart it was drawn in.
    sync: {
      key: syncKey,
      setSeries: false,
      scales: ["x", null],
      filters: { pub: isHover, sub: isHover },
    },
    bind: {
      dblclick: () => () => {
        onZoom(undefined);
        return null;
      },
    },
  };
}

function zoomToSelection(chart: uPlot, onZoom: LineOptionParts["onZoom"]): void {
  const { left, width } = chart.select;
  if (width < 4) return;
  const min = chart.posToVal(left, "x");
  const max = chart.posToVal(left + width, "x");
  chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  onZoom({ min, max });
}
