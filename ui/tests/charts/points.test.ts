import { expect, test } from "vitest";
import { isSamePoints, makePoints, rowsOf } from "../../src/charts/points";

const row = (step: number, time: number, value: number) => ({ step, time, value });

test("rows are sorted by step, then by time", () => {
  const points = makePoints([row(2, 1, 9), row(1, 5, 8), row(1, 3, 7)]);
  expect(rowsOf(points)).toEqual([row(1, 3, 7), row(1, 5, 8), row(2, 1, 9)]);
});

test("points are the same where every step, time and value is, NaN included", () => {
  const one = [row(0, 1, 5), row(1, 2, Number.NaN)];
  expect(isSamePoints(makePoints(one), makePoints(one))).toBe(true);
  expect(isSamePoints(makePoints(one), makePoints(one.slice(1)))).toBe(false);
  expect(isSamePoints(makePoints(one), makePoints([row(0, 1, 5), row(1, 3, 6)]))).toBe(false);
});
