/** A value that a line cannot pass through. */
export type GapKind = "nan" | "up" | "down";

/** Why a value is not drawn: not a number, infinite, or (undefined) it is drawn. */
export function gapKind(value: number): GapKind | undefined {
  if (Number.isNaN(value)) return "nan";
  if (value === Number.POSITIVE_INFINITY) return "up";
  if (value === Number.NEGATIVE_INFINITY) return "down";
  return undefined;
}

/** Values with null wherever the line must break; a log axis also breaks at zero and below. */
export function breakLine(values: ArrayLike<number>, isLog: boolean): (number | null)[] {
  return Array.from(values, (value) =>
    Number.isFinite(value) && (!isLog || value > 0) ? value : null,
  );
}

/** How many finite values a log axis cannot show. */
export function countNotPositive(values: ArrayLike<number>): number {
  let count = 0;
  for (const value of Array.from(values)) if (Number.isFinite(value) && value <= 0) count++;
  return count;
}

/** Indices of values with a break on both sides: a line alone would not show them. */
export function lonely(values: ArrayLike<number | null | undefined>): number[] {
  const drawn: number[] = [];
  for (let index = 0; index < values.length; index++) {
    if (values[index] !== undefined) drawn.push(index);
  }
  return drawn.filter((index, at) => {
    if (values[index] === null) return false;
    const before = drawn[at - 1];
    const after = drawn[at + 1];
    const isOpenBefore = before === undefined || values[before] === null;
    const isOpenAfter = after === undefined || values[after] === null;
    return isOpenBefore && isOpenAfter;
  });
}
