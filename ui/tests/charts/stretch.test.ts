import { expect, test } from "vitest";
import { makePoints } from "../../src/charts/points";
import { stretchOf } from "../../src/charts/stretch";

const rows = [0, 1, 2, 3].map((step) => ({ step, time: 5000 + step * 1000, value: step }));
const series = { id: "a", label: "a", color: "red", points: makePoints(rows) };

test("a zoom shows the points between its ends, on whichever axis", () => {
  const steps = (
    ...[axis, zoom]: [Parameters<typeof stretchOf>[1], { min: number; max: number }]
  ) => Array.from(stretchOf(series, axis, 5000, zoom).steps);
  expect(steps("step", { min: 0.5, max: 2 })).toEqual([1, 2]);
  expect(steps("relative", { min: 2.5, max: 9 })).toEqual([3]);
  expect(steps("time", { min: 5, max: 6 })).toEqual([0, 1]);
});

test("without a zoom there are all points", () => {
  expect(stretchOf(series, "step", 0, undefined)).toBe(series.points);
});
