import { formatNumber } from "../../../format/numbers";
import { exactTime } from "../../../format/times";
import type { ColumnProfile } from "../../../wire/datasets";

/** One bar of a plot: its share of the highest, and what it stands for. */
export type PlotBar = { share: number; label: string };

const MOST_VALUES = 12;

/** The bars of a column's plot: its histogram, or its most frequent values. */
export function profileBars(column: ColumnProfile): PlotBar[] {
  if (column.histogram && column.min !== undefined && column.max !== undefined) {
    const { histogram, min, max } = column;
    const width = (max - min) / histogram.length;
    const format = boundFormat(column);
    return asBars(
      histogram.map((count, index) => ({
        count,
        label: `${format(min + index * width)} to ${format(min + (index + 1) * width)}`,
      })),
    );
  }
  const top = (column.top ?? []).slice(0, MOST_VALUES);
  return asBars(top.map(([label, count]) => ({ count, label })));
}

function asBars(counts: { count: number; label: string }[]): PlotBar[] {
  const highest = Math.max(1, ...counts.map(({ count }) => count));
  return counts.map(({ count, label }) => ({
    share: count / highest,
    label: `${label}: ${count.toLocaleString("en-US")}`,
  }));
}

/** How the bounds of a column are written: numbers, or days for times. */
export function boundFormat({ kind }: ColumnProfile): (value: number) => string {
  if (kind !== "time") return formatNumber;
  return (value) => exactTime(value).slice(0, 16);
}

/** What a column holds, in a line. */
export function profileText(column: ColumnProfile): string {
  const { kind, min, max, mean, distinct, top, others = 0 } = column;
  if ((kind === "number" || kind === "time") && min !== undefined && max !== undefined) {
    const format = boundFormat(column);
    const hasMean = kind === "number" && mean !== null && mean !== undefined;
    const middle = hasMean ? `, mean ${format(mean)}` : "";
    return `${format(min)} to ${format(max)}${middle}`;
  }
  if (distinct === undefined) return "";
  const all = (top ?? []).reduce((sum, [, count]) => sum + count, others);
  const [first] = top ?? [];
  const often = first && all > 0 ? `, most often ${first[0]} (${percent(first[1] / all)})` : "";
  return `${distinct.toLocaleString("en-US")} different${often}`;
}

/** `12 %`, `0.4 %`, `<0.1 %`. */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0 || value >= 9.95) return `${Math.round(value)} %`;
  return value < 0.1 ? "<0.1 %" : `${value.toFixed(1)} %`;
}
