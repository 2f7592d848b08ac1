import type { WireNumber } from "./types";

/** MLflow spells infinities as the largest double, so anything as large is one. */
const LARGEST = 1.7976931348623157e308;

/** A metric value as a number: the words NaN, Infinity and ±1.797e308 become what they mean. */
export function readNumber(value: WireNumber | undefined): number {
  if (value === undefined) return Number.NaN;
  const number = typeof value === "number" ? value : Number(value);
  if (number >= LARGEST) return Number.POSITIVE_INFINITY;
  if (number <= -LARGEST) return Number.NEGATIVE_INFINITY;
  return number;
}

/** A time in milliseconds, or undefined where the entity has none yet. */
export function readTime(value: WireNumber | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = Number(value);
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}
