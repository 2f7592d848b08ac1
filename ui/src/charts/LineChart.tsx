import { useEffect, useMemo, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { formatNumber } from "../format/numbers";
import { readChartTheme } from "./chartTheme";
import { gapMarks } from "./gapMarks";
import { type LineData, lineData } from "./lineData";
import { LINE_SIZES, type LineSeries, type LineSettings, type XRange } from "./lineDefaults";
import { lineOptions } from "./lineOptions";
import type { Lit } from "./lit";
import { type Reading, tooltip } from "./tooltip";
import { useThemeName } from "./useThemeName";
import "./LineChart.css";

export type LineChartProps = {
  /** What is drawn, for those who cannot see it: "train/loss". */
  title: string;
  series: readonly LineSeries[];
  settings: LineSettings;
  /** Where relative time starts. */
  originMs: number;
  height: number;
  /** Charts with one key move their crosshair together. */
  syncKey: string;
  zoom: XRange | undefined;
  onZoom: (zoom: XRange | undefined) => void;
  /** Called with what stands under the crosshair, wherever on the page the pointer is. */
  onRead?: (found: Reading[]) => void;
  /** Which run is in the light, here and elsewhere on the page. */
  lit?: Lit;
  /** Receives the canvas while the chart is shown, for exporting it. */
  canvasRef?: { current: HTMLCanvasElement | null };
};

/**
 * Curves over steps or time, drawn on canvas.
 *
 * New points and another zoom are put into the chart that stands; other settings, another
 * theme or other curves make a new one. Nothing is animated.
 */
export function LineChart(props: LineChartProps) {
  const { title, series, settings, originMs, height, syncKey } = props;
  const theme = useThemeName();
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(null);
  const data = useMemo(() => lineData(series, settings, originMs), [series, settings, originMs]);
  const latest = useRef({ ...props, data });
  latest.current = { ...props, data };
  // Everything that the options depend on; while it stays the same the chart stays.
  const shape = JSON.stringify([
    theme,
    settings,
    syncKey,
    title,
    series.map(({ id, color, dash, label }) => [id, color, dash, label]),
  ]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for what is read through `latest`
  useEffect(() => {
    const place = host.current;
    if (!place) return;
    const made = makeChart(place, () => latest.current);
    chart.current = made;
    const canvasRef = latest.current.canvasRef;
    if (canvasRef) canvasRef.current = made.ctx.canvas;
    const observer = new ResizeObserver(() =>
      made.setSize({ width: place.clientWidth, height: latest.current.height }),
    );
    observer.observe(place);
    return () => {
      observer.disconnect();
      made.destroy();
      chart.current = null;
      if (canvasRef) canvasRef.current = null;
    };
  }, [shape]);

  const { lit } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a chart made anew is lit anew
  useEffect(() => {
    const light = () => chart.current && lightUp(chart.current, latest.current, lit?.get());
    light();
    return lit?.subscribe(light);
  }, [lit, shape]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new zoom is read by the scale's range
  useEffect(() => {
    chart.current?.setData(toAligned(data), true);
  }, [data, props.zoom]);

  useEffect(() => {
    const width = host.current?.clientWidth;
    if (width) chart.current?.setSize({ width, height });
  }, [height]);

  return (
    <div
      className="LineChart"
      ref={host}
      role="img"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the crosshair
      tabIndex={0}
      style={{ height }}
      aria-label={describe(title, series)}
      data-testid="line-chart"
      onKeyDown={(event) => {
        if (event.key === "Escape" && props.zoom) {
          event.stopPropagation();
          props.onZoom(undefined);
        }
        if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
          event.preventDefault();
          if (chart.current) moveCursor(chart.current, event.key === "ArrowLeft" ? -1 : 1);
        }
      }}
    />
  );
}

function makeChart(place: HTMLDivElement, read: () => LineChartProps & { data: LineData }): uPlot {
  const { series, settings, height, syncKey, data } = read();
  const theme = readChartTheme();
  const options = lineOptions({
    series,
    settings,
    theme,
    height,
    syncKey,
    columns: data.columns,
    width: place.clientWidth,
    readZoom: () => read().zoom,
    readUnit: () => read().data.unit,
    onZoom: (zoom) => read().onZoom(zoom),
    plugins: [
      gapMarks(() => read().data.marks, theme),
      tooltip(read, (found) => read().onRead?.(found)),
    ],
  });
  return new uPlot(options, toAligned(data), place);
}

/** Draw the curves of one run heavier and the others fainter; all alike for undefined. */
function lightUp(
  chart: uPlot,
  { series, data }: LineChartProps & { data: LineData },
  id: string | undefined,
): void {
  const isHere = id !== undefined && series.some((one) => one.id === id);
  for (const [index, column] of data.columns.entries()) {
    const drawn = chart.series[index + 1];
    if (!drawn) continue;
    const isLit = isHere && series[column.series]?.id === id;
    const usual = column.isBackground ? LINE_SIZES.rawAlpha : 1;
    drawn.alpha = isHere && !isLit ? usual * LINE_SIZES.dimAlpha : usual;
    if (!column.isBackground) drawn.width = isLit ? LINE_SIZES.litWidth : LINE_SIZES.width;
  }
  chart.redraw(false, false);
}

function toAligned(data: LineData): uPlot.AlignedData {
  return [data.x, ...data.columns.map((column) => column.values)];
}

/** Put the crosshair on the next or previous point. */
function moveCursor(chart: uPlot, direction: 1 | -1): void {
  const from = chart.cursor.idx ?? (direction > 0 ? -1 : chart.data[0].length);
  const at = chart.data[0][from + direction];
  if (at === undefined) return;
  chart.setCursor({ left: chart.valToPos(at, "x"), top: 0 });
}

function describe(title: string, series: readonly LineSeries[]): string {
  const ends = series.map(({ label, points }) => {
    const count = points.values.length;
    if (count === 0) return `${label}: no points`;
    const last = formatNumber(points.values[count - 1] ?? Number.NaN);
    return `${label}: ${count} points, last ${last}`;
  });
  return `Line chart of ${title}. ${ends.join("; ")}. A table of the values is in its menu.`;
}
