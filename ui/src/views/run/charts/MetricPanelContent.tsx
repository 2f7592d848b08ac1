import { useLayoutEffect, useRef, useState } from "react";
import { ChartLegend } from "../../../charts/ChartLegend";
import { LineChart } from "../../../charts/LineChart";
import type { LineSeries, XRange } from "../../../charts/lineDefaults";
import { makeLit } from "../../../charts/lit";
import { stretchOf } from "../../../charts/stretch";
import type { Reading } from "../../../charts/tooltip";
import { ErrorBox } from "../../../components/ErrorBox";
import { Link } from "../../../components/Link";
import { Skeleton } from "../../../components/Skeleton";
import { formatNumber } from "../../../format/numbers";
import { formatHash } from "../../../routing/location";
import { useLocation } from "../../../routing/useLocation";
import { readNumber } from "../../../wire/numbers";
import { ChartMenu } from "../../charts/ChartMenu";
import { shortName } from "../../charts/metricGroups";
import { RunsPointTable } from "../../charts/RunsPointTable";
import type { PanelZoom } from "../../charts/zooms";
import { captionOf } from "./captionOf";
import type { MetricPanelProps } from "./MetricPanel";
import { useMetricChart } from "./useMetricChart";

export type MetricPanelContentProps = Required<MetricPanelProps> & {
  zoomed: PanelZoom | undefined;
  onZoomed: (zoomed: PanelZoom | undefined) => void;
  isTable: boolean;
  onTable: (isTable: boolean) => void;
};

const SYNC_KEY = "run-charts";

/** A panel that is on screen: name, value at the crosshair, menu, curve and caption. */
export function MetricPanelContent(props: MetricPanelContentProps) {
  const { set, run, height, isAlone, zoomed, onZoomed, isTable, onTable } = props;
  const chart = useMetricChart(run, set, props.settings, zoomed);
  const { found, series, settings } = chart;
  const [lit] = useState(makeLit);
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const readout = useRef<HTMLSpanElement>(null);
  const reading = useRef<string>(undefined);
  const isMany = set.keys.length > 1;
  const latest = isMany ? undefined : run.data?.metrics?.find(({ key }) => key === set.keys[0]);
  const atRest = latest ? formatNumber(readNumber(latest.value)) : "";
  // The crosshair writes at every move of the pointer, past React; so does a new latest value.
  const showReading = ([first]: Reading[]) => {
    reading.current = first && !isMany ? readingText(first) : undefined;
    if (readout.current) readout.current.textContent = reading.current ?? atRest;
  };
  useLayoutEffect(() => {
    if (readout.current) readout.current.textContent = reading.current ?? atRest;
  }, [atRest]);
  const isCurve = series.some(({ points }) => points.steps.length >= 2);
  const isRead = found.curves !== undefined;
  const hasBody = isCurve || isTable || !props.isLine;
  const zoomTo = (range: XRange | undefined) => onZoomed(range && { axis: settings.xAxis, range });
  return (
    <>
      <header className="ChartPanel-head">
        <PanelName metricKey={set.name} isAlone={isAlone} />
        <span className="ChartPanel-value" ref={readout} data-testid="readout" />
        <ChartMenu
          title={set.name}
          series={series}
          canvas={canvas}
          isTable={isTable}
          onTable={onTable}
          onReset={chart.zoom && (() => zoomTo(undefined))}
        />
      </header>
      {hasBody && (
        <div className="ChartPanel-body" style={{ height }}>
          {!isRead && !found.error && <Skeleton height={height - 24} />}
          {found.error && (
            <ErrorBox
              title="The curve did not load."
              error={found.error}
              onRetry={found.refetch}
            />
          )}
          {isRead && isTable && (
            <RunsPointTable title={set.name} series={series} height={height} />
          )}
          {isRead && !isTable && !isCurve && (
            <p className="ChartPanel-single muted">{singleText(series)}</p>
          )}
          {isRead && !isTable && isCurve && (
            <LineChart
              title={set.name}
              series={series}
              settings={settings}
              originMs={chart.originMs}
              height={height}
              syncKey={`${SYNC_KEY}-${settings.xAxis}`}
              zoom={chart.zoom}
              onZoom={zoomTo}
              onRead={showReading}
              lit={isMany ? lit : undefined}
              canvasRef={canvas}
            />
          )}
        </div>
      )}
      {isMany && isCurve && !isTable && <ChartLegend series={series} lit={lit} />}
      {hasBody && (
        <p className="ChartPanel-caption">
          {isRead &&
            captionOf({
              curves: series.map((one) =>
                stretchOf(one, settings.xAxis, chart.originMs, chart.zoom),
              ),
              settings,
              wantedAxis: props.settings.xAxis,
              isThinned: chart.isThinned,
              isZoomed: chart.zoom !== undefined,
            })}
        </p>
      )}
    </>
  );
}

function PanelName({ metricKey, isAlone }: { metricKey: string; isAlone: boolean }) {
  const { path, query } = useLocation();
  if (isAlone) {
    return (
      <h2 className="ChartPanel-name clip" title={metricKey}>
        {metricKey}
      </h2>
    );
  }
  const target = new URLSearchParams(query);
  target.set("metric", metricKey);
  return (
    <Link className="ChartPanel-name clip" title={metricKey} to={formatHash(path, target)}>
      {shortName(metricKey)}
    </Link>
  );
}

function singleText(series: readonly LineSeries[]): string {
  if (series.length > 1) return "One value of each rank.";
  const step = series[0]?.points.steps[0];
  return step === undefined
    ? "No points are stored for this metric."
    : `One value, at step ${step}.`;
}

function readingText({ point }: Reading): string {
  return `${formatNumber(point.value)} at step ${point.step}`;
}
