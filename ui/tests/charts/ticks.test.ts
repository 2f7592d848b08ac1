import { expect, test } from "vitest";
import { compactNumber, xTicks, yTicks } from "../../src/charts/ticks";

test("numbers on an axis have the digits that their distance calls for", () => {
  expect([0, 0.02, 0.04].map((value) => compactNumber(value, 0.02))).toEqual([
    "0",
    "0.02",
    "0.04",
  ]);
  expect(compactNumber(0.25, 0.05)).toBe("0.25");
  expect(compactNumber(20_000, 10_000)).toBe("20k");
  expect(compactNumber(1_500_000, 500_000)).toBe("1.5M");
  expect(compactNumber(3e-7, 1e-7)).toBe("3e-7");
  expect(compactNumber(300, 100)).toBe("300");
  expect([5000, 10_000].map((value) => compactNumber(value, 5000))).toEqual(["5k", "10k"]);
  expect(compactNumber(41_550, 50)).toBe("41550");
  expect(compactNumber(100, 0)).toBe("100");
});

test("ticks that a log axis leaves unlabelled stay empty", () => {
  expect(yTicks([0.1, null, 1], 0)).toEqual(["0.1", "", "1"]);
});

test("relative time is written in the unit that fits", () => {
  expect(xTicks("relative", [0, 30, 60], 30)).toEqual(["0", "30 s", "60 s"]);
  expect(xTicks("relative", [0, 300, 630], 30)).toEqual(["0", "5 min", "10:30 min"]);
  expect(xTicks("relative", [5400], 1800)).toEqual(["1:30 h"]);
  expect(xTicks("relative", [172_800], 86_400)).toEqual(["2 d"]);
});

test("wall time shows the day once, and again where it changes", () => {
  const noon = new Date(2026, 2, 14, 23, 0).getTime() / 1000;
  const labels = xTicks("time", [noon, noon + 1800, noon + 3600], 1800);
  expect(labels).toEqual(["23:00\n2026-03-14", "23:30", "00:00\n2026-03-15"]);
});

test("ticks in a unit are labelled by what they stand for, none beyond what there is", () => {
  expect(yTicks([-1e8, 0, 1e8, 2e8], 1e8, 1e300)).toEqual(["-1e308", "0", "1e308", ""]);
});
