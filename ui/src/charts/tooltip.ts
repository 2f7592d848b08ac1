import type uPlot from "uplot";
import { formatNumber } from "../format/numbers";
import { exactTime, formatDuration } from "../format/times";
import type { LineData } from "./lineData";
import type { LineSeries, LineSettings } from "./lineDefaults";
import type { Lit } from "./lit";
import type { Point } from "./points";

export type TooltipSource = {
  data: LineData;
  series: readonly LineSeries[];
  settings: LineSettings;
  originMs: number;
  lit?: Lit;
};

/** One row of a tooltip: a curve's measured value and, when smoothed, the drawn one. */
export type Reading = { series: LineSeries; point: Point; smoothed: number };

/** A reading and its distance from the pointer, down the screen; infinite where not drawn. */
type Near = { reading: Reading; y: number; distance: number };

/** More rows than these would hide the curves. */
const MOST_ROWS = 6;
/** How near the pointer must be to a curve for its run to light up. */
const REACH = 32;

/** What stands under a chart's crosshair, one reading for each curve that has a point there. */
export function readings(chart: uPlot, { data, series }: TooltipSource): Reading[] {
  const found: Reading[] = [];
  for (const [index, one] of series.entries()) {
    const column = data.columns.findIndex((each) => each.series === index);
    const row = chart.cursor.idxs?.[column + 1];
    const at = row === null || row === undefined ? undefined : data.readRow(index, row);
    if (at) found.push({ series: one, ...at });
  }
  return found;
}

/** Show exact values beside the pointer, in the chart that the pointer is in. */
export function tooltip(
  source: () => TooltipSource,
  onRead: (found: Reading[]) => void,
): uPlot.Plugin {
  const box = document.createElement("div");
  box.className = "LineChart-tip";
  box.hidden = true;
  let isInside = false;
  return {
    hooks: {
      init: (chart) => {
        chart.over.append(box);
        chart.over.addEventListener("mouseenter", () => {
          isInside = true;
        });
        chart.over.addEventListener("mouseleave", () => {
          isInside = false;
          box.hidden = true;
          source().lit?.set(undefined);
        });
      },
      setCursor: (chart) => {
        const found = readings(chart, source());
        onRead(found);
        box.hidden = !isInside || found.length === 0;
        if (box.hidden) return;
        const near = nearest(chart, found, source());
        const first = near[0];
        source().lit?.set(first && first.distance < REACH ? first.reading.series.id : undefined);
        fill(box, near, source());
        place(box, chart);
      },
    },
  };
}

/** Readings by their distance from the pointer, the nearest first. */
function nearest(chart: uPlot, found: readonly Reading[], source: TooltipSource): Near[] {
  const top = chart.cursor.top ?? 0;
  const { settings, data } = source;
  return found
    .map((reading) => {
      const value = settings.smoothing > 0 ? reading.smoothed : reading.point.value;
      const y = Number.isFinite(value)
        ? chart.valToPos(value / data.unit, "y")
        : Number.POSITIVE_INFINITY;
      return { reading, y, distance: Math.abs(y - top) };
    })
    .sort((a, b) => a.distance - b.distance);
}

/** The nearest rows, in the order in which their curves stand on the screen. */
function fill(
  box: HTMLElement,
  near: readonly Near[],
  { settings, originMs: pageOrigin }: TooltipSource,
): void {
  const first = near[0]?.reading;
  if (!first) return;
  const shown = near.slice(0, MOST_ROWS).sort((a, b) => a.y - b.y);
  const lines = shown.map(({ reading }) => {
    const { series, point, smoothed } = reading;
    const dot = element("i", "LineChart-tip-dot", "");
    dot.style.background = series.color;
    const isNearest = reading === first && near.length > 1;
    const row = element("div", `LineChart-tip-row${isNearest ? " is-nearest" : ""}`, "");
    row.append(dot);
    // One curve alone is named by its chart.
    if (near.length > 1) row.append(element("span", "LineChart-tip-name", series.label));
    // Among others a value is for telling them apart; alone it is for reading off.
    const value = near.length > 1 ? formatNumber(point.value) : exactNumber(point.value);
    row.append(element("b", "", value));
    if (settings.smoothing > 0 && Number.isFinite(point.value)) {
      row.append(element("span", "LineChart-tip-smooth", `smoothed ${formatNumber(smoothed)}`));
    }
    return row;
  });
  if (near.length > shown.length) {
    lines.push(element("div", "LineChart-tip-where", `and ${near.length - shown.length} more`));
  }
  const elapsed = first.point.time - (first.series.originMs ?? pageOrigin);
  const where = `Step ${first.point.step} · ${exactTime(first.point.time)}`;
  const after = elapsed >= 0 ? ` · +${formatDuration(elapsed)}` : "";
  box.replaceChildren(...lines, element("div", "LineChart-tip-where", where + after));
}

/** All the digits that the value has: this is the place where one reads it off. */
function exactNumber(value: number): string {
  return Number.isFinite(value) ? String(value).replace("e+", "e") : formatNumber(value);
}

function element(tag: string, className: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function place(box: HTMLElement, chart: uPlot): void {
  const left = chart.cursor.left ?? 0;
  const isRightHalf = left > chart.over.clientWidth / 2;
  const x = isRightHalf ? left - box.offsetWidth - 12 : left + 12;
  const least = -chart.over.offsetLeft;
  const most = chart.over.clientWidth - box.offsetWidth + 8;
  box.style.transform = `translate(${Math.max(least, Math.min(most, x))}px, 4px)`;
}
