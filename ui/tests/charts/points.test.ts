import { expect, test } from "vitest";
import { lastStep, makePoints, mergePoints, NO_POINTS, rowsOf } from "../../src/charts/points";

const row = (step: number, time: number, value: number) => ({ step, time, value });

test("rows are sorted by step, then by time", () => {
  const points = makePoints([row(2, 1, 9), row(1, 5, 8), row(1, 3, 7)]);
  expect(Array.from(points.values)).toEqual([7, 8, 9]);
  expect(lastStep(points)).toBe(2);
});

test("an overlapping delivery adds only what is new", () => {
  const older = makePoints([row(0, 1, 5), row(1, 2, Number.NaN)]);
  const merged = mergePoints(older, makePoints([row(1, 2, Number.NaN), row(2, 3, 6)]));
  expect(rowsOf(merged)).toEqual([row(0, 1, 5), row(1, 2, Number.NaN), row(2, 3, 6)]);
});

test("a different value at the same step and time is kept beside the first", () => {
  const merged = mergePoints(makePoints([row(1, 1, 5)]), makePoints([row(1, 1, 6)]));
  expect(Array.from(merged.values)).toEqual([5, 6]);
});

test("a delivery without news returns the same object, so that nothing is drawn again", () => {
  const older = makePoints([row(0, 1, 5)]);
  expect(mergePoints(older, makePoints([row(0, 1, 5)]))).toBe(older);
  expect(mergePoints(older, NO_POINTS)).toBe(older);
  expect(lastStep(NO_POINTS)).toBeUndefined();
});
