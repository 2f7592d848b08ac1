import { expect, test, vi } from "vitest";

// The drawing library asks the browser for its pixel ratio as soon as it is loaded.
vi.stubGlobal("matchMedia", () => ({ addEventListener: () => {}, addListener: () => {} }));
vi.stubGlobal("devicePixelRatio", 1);
vi.stubGlobal("window", globalThis);
vi.stubGlobal("document", {});
vi.stubGlobal("navigator", { language: "en-US" });
const { xRange, yRange } = await import("../../src/charts/lineOptions");

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
