import { useLayoutEffect, useRef } from "react";
import { LineChart } from "../../../charts/LineChart";
import type { XRange } from "../../../charts/lineDefaults";
import { PointTable } from "../../../charts/PointTable";
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
import { captionOf } from "./captionOf";
import type { MetricPanelProps } from "./MetricPanel";
import { type PanelZoom, useMetricChart } from "./useMetricChart";

export type MetricPanelContentProps = Required<MetricPanelProps> & {
  zoomed: PanelZoom | undefined;
  onZoomed: (zoomed: PanelZoom | undefined) => void;
  isTable: boolean;
  onTable: (isTable: boolean) => void;
};

const SYNC_KEY = "run-charts";

/** A panel that is on screen: name, value at the crosshair, menu, curve and caption. */
export function MetricPanelContent(props: MetricPanelContentProps) {
  const { metricKey, run, height, isAlone, zoomed, onZoomed, isTable, onTable } = props;
  const chart = useMetricChart(run, metricKey, props.settings, zoomed);
  const { history, points, series, settings } = chart;
  const canvas = useRef<HTMLCanvasElement | null>(null);
  const readout = useRef<HTMLSpanElement>(null);
  const reading = useRef<string>(undefined);
  const latest = run.data?.metrics?.find(({ key }) => key === metricKey);
  const atRest = latest ? formatNumber(readNumber(latest.value)) : "";
  // The crosshair writes at every move of the pointer, past React; so does a new latest value.
  const showReading = ([first]: Reading[]) => {
    reading.current = first && readingText(first);
    if (readout.current) readout.current.textContent = reading.current ?? atRest;
  };
  useLayoutEffect(() => {
    if (readout.current) readout.current.textContent = reading.current ?? atRest;
  }, [atRest]);
  const isCurve = points.steps.length >= 2;
  const hasBody = isCurve || isTable || !props.isLine;
  const zoomTo = (range: XRange | undefined) => onZoomed(range && { axis: settings.xAxis, range });
  return (
    <>
      <header className="ChartPanel-head">
        <PanelName metricKey={metricKey} isAlone={isAlone} />
        <span className="ChartPanel-value" ref={readout} data-testid="readout" />
        <ChartMenu
          title={metricKey}
          series={series}
          canvas={canvas}
          isTable={isTable}
          onTable={onTable}
          onReset={chart.zoom && (() => zoomTo(undefined))}
        />
      </header>
      {hasBody && (
        <div className="ChartPanel-body" style={{ height }}>
          {history.isPending && <Skeleton height={height - 24} />}
          {history.error && !history.data && (
            <ErrorBox
              title="The curve did not load."
              error={history.error}
              onRetry={() => void history.refetch()}
            />
          )}
          {history.data && isTable && (
            <PointTable title={metricKey} points={points} height={height} />
          )}
          {history.data && !isTable && !isCurve && (
            <p className="ChartPanel-single muted">
              {points.steps.length === 0
                ? "No points are stored for this metric."
                : `One value, at step ${points.steps[0] ?? 0}.`}
            </p>
          )}
          {history.data && !isTable && isCurve && (
            <LineChart
              title={metricKey}
              series={series}
              settings={settings}
              originMs={chart.originMs}
              height={height}
              syncKey={`${SYNC_KEY}-${settings.xAxis}`}
              zoom={chart.zoom}
              onZoom={zoomTo}
              onRead={showReading}
              canvasRef={canvas}
            />
          )}
        </div>
      )}
      {hasBody && (
        <p className="ChartPanel-caption">
          {history.data &&
            captionOf({
              points,
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

function readingText({ point }: Reading): string {
  return `${formatNumber(point.value)} at step ${point.step}`;
}
