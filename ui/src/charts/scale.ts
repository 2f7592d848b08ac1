import { compactNumber } from "./ticks";

/** A place on an axis, from 0 at its start to 1 at its end, and what stands there. */
export type Tick = { at: number; label: string };

/** From values to places on an axis. */
export type Scale = {
  /** Where a value stands; undefined where it has no place. */
  place: (value: number) => number | undefined;
  ticks: Tick[];
};

/** Room beyond the outermost values, as a share of the axis. */
const ROOM = 0.05;
const WANTED_TICKS = 5;
const LARGEST = 1e300;

/** An axis of numbers with round ticks; a log one has no place for zero and below. */
export function numberScale(values: readonly number[], isLog: boolean): Scale {
  const usable = values.filter((value) => Number.isFinite(value) && (!isLog || value > 0));
  if (usable.length === 0) return { place: () => undefined, ticks: [] };
  // Measured in something large, even the distance between the outermost numbers is one.
  const unit = Math.max(...usable.map(Math.abs)) > LARGEST ? LARGEST : 1;
  const bend = isLog ? Math.log10 : (value: number) => value / unit;
  const [least, most] = widened(bend(Math.min(...usable)), bend(Math.max(...usable)), isLog);
  const placeOf = (value: number) => (bend(value) - least) / (most - least);
  return {
    place: (value) =>
      Number.isFinite(value) && (!isLog || value > 0) ? placeOf(value) : undefined,
    ticks: isLog ? logTicks(least, most, placeOf) : evenTicks(least, most, unit, placeOf),
  };
}

/** An axis of words, one place each, in the order given. */
export function wordScale(words: readonly string[]): Scale {
  const placeOf = (index: number) => (index + 0.5) / words.length;
  return {
    place: (index) => (index >= 0 && index < words.length ? placeOf(index) : undefined),
    ticks: words.map((label, index) => ({ at: placeOf(index), label })),
  };
}

function widened(least: number, most: number, isLog: boolean): [number, number] {
  if (least === most) {
    const room = isLog ? 0.5 : Math.abs(least) * 0.1 || 1;
    return [least - room, most + room];
  }
  const room = (most - least) * ROOM;
  return [least - room, most + room];
}

function evenTicks(
  least: number,
  most: number,
  unit: number,
  placeOf: (value: number) => number,
): Tick[] {
  const step = roundStep((most - least) / WANTED_TICKS);
  const first = Math.ceil(least / step);
  const last = Math.floor(most / step);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const value = (first + index) * step * unit;
    return { at: placeOf(value), label: compactNumber(value, step * unit) };
  }).filter(({ at }) => Number.isFinite(at));
}

/** 1, 2 or 5 times a power of ten, at least as wide as asked for. */
function roundStep(width: number): number {
  const size = 10 ** Math.floor(Math.log10(width));
  return ([1, 2, 5, 10].find((digit) => digit * size >= width) ?? 10) * size;
}

function logTicks(least: number, most: number, placeOf: (value: number) => number): Tick[] {
  const digits = most - least < 1.5 ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil((most - least) / 8));
  const ticks: Tick[] = [];
  for (let power = Math.floor(least); power <= most; power += every) {
    for (const digit of digits) {
      const value = digit * 10 ** power;
      const at = Math.log10(value);
      if (at < least || at > most) continue;
      ticks.push({ at: placeOf(value), label: compactNumber(value, 0) });
    }
  }
  return ticks;
}
