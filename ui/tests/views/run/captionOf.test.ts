import { expect, test } from "vitest";
import { makePoints } from "../../../src/charts/points";
import { captionOf } from "../../../src/views/run/charts/captionOf";

const points = makePoints(
  [1, Number.NaN, Number.POSITIVE_INFINITY, 0].map((value, step) => ({ step, time: step, value })),
);
const settings = { xAxis: "step", smoothing: 0, isLog: false } as const;
const plain = {
  curves: [points],
  settings,
  wantedAxis: "step",
  isThinned: false,
  isZoomed: false,
} as const;

test("a curve says how many of its values cannot be drawn", () => {
  expect(captionOf(plain)).toBe("1 NaN · 1 infinite");
});

test("a log axis says what has no place on it", () => {
  expect(captionOf({ ...plain, settings: { ...settings, isLog: true } })).toContain(
    "1 at or below 0",
  );
});

test("a thinned curve says so, and how to see the rest", () => {
  expect(captionOf({ ...plain, isThinned: true })).toContain(
    "4 points, every peak among them; drag",
  );
  expect(captionOf({ ...plain, isZoomed: true })).toContain("Every point; double-click");
});
