import { useRef } from "react";
import { countNotPositive } from "../../charts/gaps";
import { LineChart } from "../../charts/LineChart";
import type { LineSeries, LineSettings, XRange } from "../../charts/lineDefaults";
import { stretchOf } from "../../charts/stretch";
import { ErrorBox } from "../../components/ErrorBox";
import { Skeleton } from "../../components/Skeleton";
import { formatCount } from "../../format/numbers";
import { ChartMenu } from "./ChartMenu";
import type { LinePanelProps } from "./LinePanel";
import { PanelHead } from "./PanelHead";
import { PANEL_HEIGHT } from "./panelSizes";
import { RunsPointTable } from "./RunsPointTable";
import { useRunsChart } from "./useRunsChart";
import { ValueBars } from "./ValueBars";
import type { PanelZoom } from "./zooms";

export type LinePanelContentProps = LinePanelProps & {
  zoomed: PanelZoom | undefined;
  onZoomed: (zoomed: PanelZoom | undefined) => void;
  isTable: boolean;
  onTable: (isTable: boolean) => void;
};

/** A panel of curves that is on screen; where nothing is a curve, its values as bars. */
export function LinePanelContent(props: LinePanelContentProps) {
  const { title, label = title, metricKeys, rows, lit, zoomed, onZoomed, isTable } = props;
  const chart = useRunsChart(rows, metricKeys, props.settings, zoomed);
  const { found, series, settings, zoom } = chart;
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const isAsked = found.curves === undefined;
  const isCurve = series.some(({ points }) => points.steps.length > 1);
  const only = metricKeys.length === 1 ? metricKeys[0] : undefined;
  const origin = Math.min(...series.map(({ originMs }) => originMs ?? Number.POSITIVE_INFINITY));
  return (
    <>
      <PanelHead title={title} label={label} isDraggable={props.drag !== undefined}>
        <ChartMenu
          title={title}
          series={series}
          canvas={canvas}
          isTable={isTable}
          onTable={props.onTable}
          onReset={zoom && (() => onZoomed(undefined))}
          actions={props.actions}
        />
      </PanelHead>
      <div className="ChartPanel-body" style={{ height: PANEL_HEIGHT }}>
        {isAsked && !found.error && <Skeleton height={PANEL_HEIGHT - 24} />}
        {isAsked && found.error && (
          <ErrorBox title="The curves did not load." error={found.error} onRetry={found.refetch} />
        )}
        {!isAsked && isTable && (
          <RunsPointTable title={title} series={series} height={PANEL_HEIGHT} />
        )}
        {!isAsked && !isTable && !isCurve && series.length === 0 && (
          <p className="ChartPanel-single muted">No shown run has {nameOf(metricKeys)}.</p>
        )}
        {!isAsked && !isTable && !isCurve && series.length > 0 && only && (
          <ValueBars metric={only} rows={rows} values={lastValues(series)} lit={lit} />
        )}
        {!isAsked && !isTable && !isCurve && series.length > 0 && !only && (
          <p className="ChartPanel-single muted">
            Each of these has a single value a run, which makes no curve.
          </p>
        )}
        {!isAsked && !isTable && isCurve && (
          <LineChart
            title={title}
            series={series}
            settings={settings}
            originMs={Number.isFinite(origin) ? origin : 0}
            height={PANEL_HEIGHT}
            syncKey={`runs-charts-${settings.xAxis}`}
            zoom={zoom}
            onZoom={(range) => onZoomed(range && { axis: settings.xAxis, range })}
            lit={lit}
            canvasRef={canvas}
          />
        )}
      </div>
      <p className="ChartPanel-caption">{!isAsked && isCurve && captionOf(series, chart)}</p>
    </>
  );
}

function lastValues(series: readonly LineSeries[]): ReadonlyMap<string, number> {
  return new Map(
    series.flatMap(({ id, points }) => {
      const value = points.values.at(-1);
      return value === undefined ? [] : [[id, value] as const];
    }),
  );
}

function nameOf(metricKeys: readonly string[]): string {
  return metricKeys.length === 1 ? `“${metricKeys[0]}”` : "any of these metrics";
}

type Sight = { isThinned: boolean; zoom: XRange | undefined; settings: LineSettings };

/** What the curves do not show by themselves. */
function captionOf(series: readonly LineSeries[], sight: Sight): string {
  const { xAxis, isLog } = sight.settings;
  const notes: string[] = [];
  if (sight.isThinned) notes.push(sight.zoom ? "Zoom in for every point" : "Drag to zoom in");
  else if (sight.zoom) notes.push("Double-click to zoom out");
  let odd = 0;
  let hidden = 0;
  for (const one of series) {
    const points = stretchOf(one, xAxis, 0, sight.zoom);
    odd += points.values.length - points.values.filter(Number.isFinite).length;
    if (isLog) hidden += countNotPositive(points.values);
  }
  if (odd > 0) notes.push(`${formatCount(odd)} NaN or infinite`);
  if (hidden > 0) notes.push(`${formatCount(hidden)} at or below 0 have no place on a log axis`);
  return notes.join(" · ");
}
