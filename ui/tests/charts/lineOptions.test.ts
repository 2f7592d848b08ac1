import { expect, test, vi } from "vitest";

// The drawing library asks the browser for its pixel ratio as soon as it is loaded.
vi.stubGlobal("matchMedia", () => ({ addEventListener: () => {}, addListener: () => {} }));
vi.stubGlobal("devicePixelRatio", 1);
vi.stubGlobal("window", globalThis);
vi.stubGlobal("document", {});
vi.stubGlobal("navigator", { language: "en-US" });
const { logSplits, xRange, yRange } = await import("../../src/charts/lineOptions");

test("a zoom wins over the points; a lone point gets room", () => {
  expect(xRange({ min: 2, max: 3 }, 0, 10)).toEqual([2, 3]);
  expect(xRange(undefined, 0, 10)).toEqual([0, 10]);
  expect(xRange(undefined, 5, 5)).toEqual([4, 6]);
  expect(xRange(undefined, null, null)).toEqual([0, 1]);
});

test("the y range leaves room, also around a constant and on a log axis", () => {
  expect(yRange(0, 100, false)).toEqual([-6, 106]);
  expect(yRange(1, 1, false)).toEqual([0.9, 1.1]);
  expect(yRange(0, 0, false)).toEqual([-1, 1]);
  expect(yRange(1, 1, true)).toEqual([0.5, 2]);
  expect(yRange(0.034, 810, true)).toEqual([0.03, 900]);
  expect(yRange(null, null, true)).toEqual([0.1, 10]);
});

test("a log axis ends at the least and greatest numbers that there are", () => {
  expect(yRange(5e-324, 1.7e308, true)).toEqual([5e-324, 1.7e308]);
  expect(yRange(1e308, 1e308, true)).toEqual([5e307, Number.MAX_VALUE]);
});

test("a log axis has its digits, and far apart its powers alone", () => {
  expect(logSplits(0.5, 3)).toEqual([0.5, 0.6, 0.7, 0.8, 0.9, 1, 2, 3]);
  expect(logSplits(1e300, 1.7e308)).toContain(1e308);
  expect(logSplits(5e-324, 1.7e308).length).toBeLessThan(700);
});
