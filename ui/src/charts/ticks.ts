import type { XAxis } from "./horizontal";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Distances between ticks, in seconds, that read well on a clock. */
export const TIME_STEPS = [
  0.001,
  0.002,
  0.005,
  0.01,
  0.02,
  0.05,
  0.1,
  0.2,
  0.5,
  1,
  2,
  5,
  10,
  15,
  30,
  MINUTE,
  120,
  300,
  600,
  900,
  1800,
  HOUR,
  7200,
  10_800,
  21_600,
  43_200,
  DAY,
  172_800,
  432_000,
  864_000,
  2_592_000,
  7_776_000,
  31_536_000,
];

/** Labels of x ticks that are `step` apart. */
export function xTicks(axis: XAxis, splits: readonly number[], step: number): string[] {
  if (axis === "step") return splits.map((value) => compactNumber(value, step));
  if (axis === "relative") return splits.map((value) => relativeTick(value, step));
  return clockTicks(splits, step);
}

/**
 * Labels of y ticks, which are measured in `unit`.
 *
 * Null ticks, which a log axis has between its decades, stay empty, and so do those beyond the
 * greatest number that there is.
 */
export function yTicks(splits: readonly (number | null)[], step: number, unit = 1): string[] {
  return splits.map((value) => {
    const isShown = value !== null && Number.isFinite(value * unit);
    return isShown ? compactNumber(value * unit, step * unit) : "";
  });
}

/** `1.5M`, `20k`, `0.02`, `3e-7`: as many digits as the distance between ticks calls for. */
export function compactNumber(value: number, step: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e12 || size < 1e-4) return exponent(value);
  const unit = UNITS.find(
    ({ from, size: one }) =>
      (size >= from || (step >= one && size >= one)) && decimalsFor(step / one) <= 1,
  );
  return unit
    ? withDecimals(value / unit.size, step / unit.size) + unit.letter
    : withDecimals(value, step);
}

/** Units from the largest; one is passed over when ticks would need two decimals of it. */
const UNITS = [
  { from: 1e9, size: 1e9, letter: "G" },
  { from: 1e6, size: 1e6, letter: "M" },
  { from: 1e4, size: 1e3, letter: "k" },
] as const;

function decimalsFor(step: number): number {
  if (!(step > 0)) return 0;
  return Math.max(0, Math.min(10, Math.ceil(-Math.log10(step) - 1e-9)));
}

function withDecimals(value: number, step: number): string {
  // A log axis has no one distance between its ticks; its values are short as they are.
  if (!(step > 0)) return String(Number(value.toPrecision(6)));
  return value.toFixed(decimalsFor(step) + 1).replace(/\.?0+$/, "");
}

function exponent(value: number): string {
  return value
    .toExponential(2)
    .replace(/\.?0*e/, "e")
    .replace("e+", "e");
}

/** `45 s`, `12 min`, `1:30 h`, `3 d` after the start. */
function relativeTick(seconds: number, step: number): string {
  if (seconds === 0) return "0";
  if (step >= DAY) return `${Math.round(seconds / DAY)} d`;
  const sign = seconds < 0 ? "−" : "";
  const size = Math.abs(seconds);
  if (size >= HOUR) {
    const minutes = Math.round((size % HOUR) / MINUTE);
    return `${sign}${Math.floor(size / HOUR)}:${two(minutes)} h`;
  }
  if (size >= 2 * MINUTE && step >= 1) {
    const rest = Math.round(size % MINUTE);
    return `${sign}${Math.floor(size / MINUTE)}${rest ? `:${two(rest)}` : ""} min`;
  }
  return `${sign}${Number(size.toFixed(3))} s`;
}

/** `14:05` or `14:05:30`, with the day below the first one and wherever it changes. */
function clockTicks(splits: readonly number[], step: number): string[] {
  let lastDay = "";
  return splits.map((seconds) => {
    const date = new Date(seconds * 1000);
    const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
    if (step >= DAY) return day;
    const clock = clockText(date, step);
    const label = day === lastDay ? clock : `${clock}\n${day}`;
    lastDay = day;
    return label;
  });
}

function clockText(date: Date, step: number): string {
  const minutes = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (step >= MINUTE) return minutes;
  const seconds = `${minutes}:${two(date.getSeconds())}`;
  return step >= 1 ? seconds : `${seconds}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
