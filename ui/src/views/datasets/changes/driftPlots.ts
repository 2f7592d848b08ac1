import type { ColumnProfile } from "../../../wire/datasets";
import { boundFormat, type PlotBar, percent } from "../columns/profilePlots";

const BINS = 20;
const MOST_VALUES = 10;

/** The plots of one column in two versions, on one scale; undefined where they have none. */
export function driftBars(
  before: ColumnProfile | undefined,
  after: ColumnProfile | undefined,
): [PlotBar[], PlotBar[]] | undefined {
  if (!before || !after || before.kind !== after.kind) return undefined;
  if (before.quantiles && after.quantiles) return numberBars(before, after);
  if (before.top && after.top) return valueBars(before, after);
  return undefined;
}

/** Quantiles stand as close as the values do, so counting them gives any histogram. */
function numberBars(
  before: ColumnProfile,
  after: ColumnProfile,
): [PlotBar[], PlotBar[]] | undefined {
  const both = [before, after] as const;
  const low = Math.min(...both.map(({ min }) => min ?? Number.POSITIVE_INFINITY));
  const high = Math.max(...both.map(({ max }) => max ?? Number.NEGATIVE_INFINITY));
  if (!(high > low)) return undefined;
  const [one = [], other = []] = both.map(({ quantiles = [] }) => binShares(quantiles, low, high));
  const format = boundFormat(before);
  const width = (high - low) / BINS;
  const name = (index: number) =>
    `${format(low + index * width)} to ${format(low + (index + 1) * width)}`;
  return scaled(one, other, name);
}

/** The share of quantiles in each of some bins between two bounds. */
export function binShares(
  quantiles: readonly (number | null)[],
  low: number,
  high: number,
  bins: number = BINS,
): number[] {
  const counts = Array.from({ length: bins }, () => 0);
  const values = quantiles.filter((value) => value !== null);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins));
    counts[bin] = (counts[bin] ?? 0) + 1 / values.length;
  }
  return counts;
}

function valueBars(before: ColumnProfile, after: ColumnProfile): [PlotBar[], PlotBar[]] {
  const [one, other] = [shares(before), shares(after)];
  const names = [...new Set([...one.keys(), ...other.keys()])].slice(0, MOST_VALUES);
  return scaled(
    names.map((name) => one.get(name) ?? 0),
    names.map((name) => other.get(name) ?? 0),
    (index) => names[index] ?? "",
  );
}

function shares({ top = [], others = 0 }: ColumnProfile): Map<string, number> {
  const all = top.reduce((sum, [, count]) => sum + count, others) || 1;
  return new Map(top.map(([name, count]) => [name, count / all]));
}

function scaled(
  one: readonly number[],
  other: readonly number[],
  name: (index: number) => string,
): [PlotBar[], PlotBar[]] {
  const highest = Math.max(...one, ...other, Number.MIN_VALUE);
  const bars = (values: readonly number[]) =>
    values.map((value, index) => ({
      share: value / highest,
      label: `${name(index)}: ${percent(one[index] ?? 0)} before, ${percent(other[index] ?? 0)} after`,
    }));
  return [bars(one), bars(other)];
}
