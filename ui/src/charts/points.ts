/**
 * The measured points of one metric of one run, in columns of equal length.
 *
 * Sorted by step, then time, as the server sends them. Values may be NaN or infinite.
 */
export type Points = {
  readonly steps: Float64Array;
  /** Milliseconds since the epoch. */
  readonly times: Float64Array;
  readonly values: Float64Array;
};

export const NO_POINTS: Points = makePoints([]);

/** One point as a row, for building and reading in small amounts. */
export type Point = { step: number; time: number; value: number };

/** Columns from rows, sorted by step and time. */
export function makePoints(rows: readonly Point[]): Points {
  const sorted = [...rows].sort((a, b) => a.step - b.step || a.time - b.time);
  return {
    steps: Float64Array.from(sorted, (row) => row.step),
    times: Float64Array.from(sorted, (row) => row.time),
    values: Float64Array.from(sorted, (row) => row.value),
  };
}

/** The point at an index; the index must be one of `points`. */
export function pointAt(points: Points, index: number): Point {
  return {
    step: points.steps[index] ?? Number.NaN,
    time: points.times[index] ?? Number.NaN,
    value: points.values[index] ?? Number.NaN,
  };
}

/** All points as rows, in order. */
export function rowsOf(points: Points): Point[] {
  return Array.from(points.steps, (_, index) => pointAt(points, index));
}

/** Whether both hold the same points; NaN equals NaN here. */
export function isSamePoints(one: Points, other: Points): boolean {
  return (
    isSameColumn(one.steps, other.steps) &&
    isSameColumn(one.times, other.times) &&
    isSameColumn(one.values, other.values)
  );
}

function isSameColumn(one: Float64Array, other: Float64Array): boolean {
  return (
    one.length === other.length && one.every((value, index) => Object.is(value, other[index]))
  );
}
