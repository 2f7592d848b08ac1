/**
 * Exponential moving average, corrected for its start.
 *
 * `weight` is from 0 (the values themselves) to below 1. An average that starts at zero leans
 * to zero for its first values; dividing by `1 - weight^n` takes that away. Values that are
 * not finite stay where they are and do not disturb the average.
 */
export function smooth(values: ArrayLike<number>, weight: number): Float64Array {
  const out = Float64Array.from(values);
  if (weight <= 0) return out;
  let average = 0;
  let missing = 1; // the share of the average that is still its start at zero
  for (let index = 0; index < out.length; index++) {
    const value = out[index] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    average = average * weight + (1 - weight) * value;
    missing *= weight;
    out[index] = average / (1 - missing);
  }
  return out;
}
