/** Rows of x shared by several series, and for each series which of its points each row holds. */
export type Alignment = {
  x: Float64Array;
  /** One array per series: the index of its point at each row, or -1 for none. */
  sources: Int32Array[];
};

/**
 * Merge the ascending x values of several series into one ascending x.
 *
 * A series with several points at one x keeps them all: the row is repeated as often as the
 * series with the most points there needs.
 */
export function align(series: readonly ArrayLike<number>[]): Alignment {
  const rows = countRows(series);
  const x = new Float64Array(rows);
  const sources = series.map(() => new Int32Array(rows).fill(-1));
  const at = series.map(() => 0);
  let row = 0;
  while (row < rows) {
    const next = smallest(series, at);
    const start = row;
    for (const [index, values] of series.entries()) {
      let position = at[index] ?? 0;
      let here = start;
      while (position < values.length && values[position] === next) {
        (sources[index] as Int32Array)[here++] = position++;
      }
      at[index] = position;
      if (here > row) row = here;
    }
    x.fill(next, start, row);
  }
  return { x, sources };
}

/** One column of an alignment: the values at their rows, undefined where a series has none. */
export function spread<T>(values: ArrayLike<T>, source: Int32Array): (T | undefined)[] {
  return Array.from(source, (index) => (index < 0 ? undefined : values[index]));
}

function countRows(series: readonly ArrayLike<number>[]): number {
  const most = new Map<number, number>();
  for (const values of series) {
    let run = 0;
    for (let index = 0; index < values.length; index++) {
      const x = values[index] ?? Number.NaN;
      run = index > 0 && values[index - 1] === x ? run + 1 : 1;
      if (run > (most.get(x) ?? 0)) most.set(x, run);
    }
  }
  let rows = 0;
  for (const count of most.values()) rows += count;
  return rows;
}

function smallest(series: readonly ArrayLike<number>[], at: readonly number[]): number {
  let found = Number.POSITIVE_INFINITY;
  for (const [index, values] of series.entries()) {
    const x = values[at[index] ?? 0];
    if (x !== undefined && x < found) found = x;
  }
  return found;
}
