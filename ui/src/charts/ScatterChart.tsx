import {
  type PointerEvent,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { Lit } from "./lit";
import { numberScale, type Scale, wordScale } from "./scale";
import "./ScatterChart.css";

/** One run as a point; x is a number, or a word where the axis is one of words. */
export type Spot = {
  runId: string;
  label: string;
  color: string;
  href: string;
  x: number | string;
  y: number;
};

export type ScatterChartProps = {
  title: string;
  spots: readonly Spot[];
  xLabel: string;
  yLabel: string;
  isLogX: boolean;
  isLogY: boolean;
  height: number;
  lit: Lit;
};

const MARGIN = { top: 10, right: 16, bottom: 36, left: 54 };
const RADIUS = 4.5;
/** How near the pointer must be to a point to mean it. */
const REACH = 28;
const LABEL_WIDTH = 64;

type Placed = { spot: Spot; left: number; top: number };

/** Runs as points of two of their values. Each is a link to its run. */
export function ScatterChart(props: ScatterChartProps) {
  const { title, spots, xLabel, yLabel, isLogX, isLogY, height, lit } = props;
  const host = useRef<HTMLDivElement>(null);
  const width = useWidth(host);
  const litId = useSyncExternalStore(lit.subscribe, lit.get);
  const [near, setNear] = useState<Placed>();
  const { placed, x, y } = useMemo(
    () => layOut(spots, { isLogX, isLogY, width, height }),
    [spots, isLogX, isLogY, width, height],
  );
  const point = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const found = nearest(placed, event.clientX - box.left, event.clientY - box.top);
    setNear(found);
    lit.set(found?.spot.runId);
  };
  const leave = () => {
    setNear(undefined);
    lit.set(undefined);
  };
  const bottom = height - MARGIN.bottom;
  const right = width - MARGIN.right;
  return (
    <div className="ScatterChart" ref={host} style={{ height }}>
      <svg
        width={width}
        height={height}
        role="group"
        aria-label={`Scatter chart of ${title}, ${placed.length} runs`}
        data-testid="scatter-chart"
        onPointerMove={point}
        onPointerLeave={leave}
      >
        {y.ticks.map(({ at, label }) => {
          const top = bottom - at * (bottom - MARGIN.top);
          return (
            <g key={label}>
              <line className="ScatterChart-grid" x1={MARGIN.left} x2={right} y1={top} y2={top} />
              <text x={MARGIN.left - 6} y={top + 4} textAnchor="end">
                {label}
              </text>
            </g>
          );
        })}
        {thinned(x.ticks, right - MARGIN.left).map(({ at, label }) => (
          <text
            key={label}
            x={MARGIN.left + at * (right - MARGIN.left)}
            y={bottom + 15}
            textAnchor="middle"
          >
            {label.length > 12 ? `${label.slice(0, 11)}…` : label}
          </text>
        ))}
        <line className="ScatterChart-axis" x1={MARGIN.left} x2={right} y1={bottom} y2={bottom} />
        <text className="ScatterChart-name" x={right} y={height - 4} textAnchor="end">
          {xLabel}
        </text>
        {placed.map(({ spot, left, top }) => (
          <a
            key={spot.runId}
            href={spot.href}
            aria-label={`${spot.label}: ${xLabel} ${spot.x}, ${yLabel} ${spot.y}`}
            onFocus={() => lit.set(spot.runId)}
            onBlur={() => lit.set(undefined)}
          >
            <circle
              cx={left}
              cy={top}
              r={spot.runId === litId ? RADIUS + 2 : RADIUS}
              fill={spot.color}
              opacity={litId && litId !== spot.runId ? 0.35 : 1}
            />
          </a>
        ))}
      </svg>
      {near && (
        <div
          className="ScatterChart-tip"
          style={{
            left: near.left,
            top: near.top,
            transform: `translate(${near.left > width / 2 ? "calc(-100% - 12px)" : "12px"}, ${
              near.top > height / 2 ? "-100%" : "0"
            })`,
          }}
        >
          <strong className="clip">{near.spot.label}</strong>
          <span>
            {xLabel} <b>{String(near.spot.x)}</b>
          </span>
          <span>
            {yLabel} <b>{String(near.spot.y)}</b>
          </span>
        </div>
      )}
    </div>
  );
}

type Frame = { isLogX: boolean; isLogY: boolean; width: number; height: number };

/** Where each run stands; those without a place on an axis are left out. */
function layOut(spots: readonly Spot[], { isLogX, isLogY, width, height }: Frame) {
  const words = wordsOf(spots);
  const xOf = (spot: Spot) => (words ? words.indexOf(String(spot.x)) : Number(spot.x));
  const x: Scale = words ? wordScale(words) : numberScale(spots.map(xOf), isLogX);
  const y = numberScale(
    spots.map((spot) => spot.y),
    isLogY,
  );
  const across = width - MARGIN.left - MARGIN.right;
  const down = height - MARGIN.top - MARGIN.bottom;
  const placed = spots.flatMap((spot): Placed[] => {
    const atX = x.place(xOf(spot));
    const atY = y.place(spot.y);
    if (atX === undefined || atY === undefined) return [];
    return [{ spot, left: MARGIN.left + atX * across, top: height - MARGIN.bottom - atY * down }];
  });
  return { placed, x, y };
}

/** The words of an axis in their order; undefined where all are numbers. */
function wordsOf(spots: readonly Spot[]): string[] | undefined {
  if (spots.every(({ x }) => typeof x === "number")) return undefined;
  return [...new Set(spots.map(({ x }) => String(x)))].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
}

function nearest(placed: readonly Placed[], left: number, top: number): Placed | undefined {
  let found: Placed | undefined;
  let least = REACH;
  for (const each of placed) {
    const distance = Math.hypot(each.left - left, each.top - top);
    if (distance >= least) continue;
    found = each;
    least = distance;
  }
  return found;
}

/** Of many labels, as many as can stand beside each other. */
function thinned<T>(ticks: readonly T[], width: number): T[] {
  const every = Math.max(1, Math.ceil((ticks.length * LABEL_WIDTH) / Math.max(1, width)));
  return ticks.filter((_, index) => index % every === 0);
}

function useWidth(host: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(360);
  useEffect(() => {
    const place = host.current;
    if (!place) return;
    const observer = new ResizeObserver(() => setWidth(place.clientWidth));
    observer.observe(place);
    return () => observer.disconnect();
  }, [host]);
  return width;
}
