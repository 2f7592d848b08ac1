import { expect, test } from "vitest";
import { ascending, windowOf, xValues } from "../../src/charts/horizontal";
import { makePoints } from "../../src/charts/points";

const points = makePoints([
  { step: 0, time: 10_000, value: 1 },
  { step: 10, time: 12_500, value: 2 },
  { step: 20, time: 11_000, value: 3 },
]);

test("steps are taken as they are", () => {
  expect(Array.from(xValues(points, "step", 0))).toEqual([0, 10, 20]);
});

test("wall time counts seconds since the epoch, relative time since the origin", () => {
  expect(Array.from(xValues(points, "time", 10_000))).toEqual([10, 12.5, 11]);
  expect(Array.from(xValues(points, "relative", 10_000))).toEqual([0, 2.5, 1]);
});

test("points that arrived out of order are put in the order of x", () => {
  expect(Array.from(ascending(xValues(points, "time", 0)) ?? [])).toEqual([0, 2, 1]);
  expect(ascending(points.steps)).toBeUndefined();
});

test("a stretch of x becomes a window of whole steps or milliseconds, widened by a margin", () => {
  expect(windowOf("step", { min: 9.5, max: 20 }, 0)).toEqual({ start: 9, end: 20 });
  expect(windowOf("step", { min: 10, max: 20 }, 0.5)).toEqual({ start: 5, end: 25 });
  expect(windowOf("relative", { min: 1.5, max: 2 }, 0)).toEqual({ start: 1500, end: 2000 });
});
