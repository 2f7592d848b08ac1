import { expect, test } from "vitest";
import { ascending, originOf, stepRange, xValues } from "../../src/charts/horizontal";
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

test("relative time starts with the run, or with a point that claims to be older", () => {
  expect(originOf(9000, [points])).toBe(9000);
  expect(originOf(99_000, [points])).toBe(10_000);
  expect(originOf(undefined, [])).toBe(0);
});

test("a stretch of x becomes the steps inside it, widened by a margin", () => {
  expect(stepRange(points, points.steps, 9, 11, 0)).toEqual({ start: 10, end: 10 });
  expect(stepRange(points, points.steps, 5, 15, 0.5)).toEqual({ start: 0, end: 20 });
  expect(stepRange(points, points.steps, 11, 19, 0)).toBeUndefined();
});
