import { expect, test } from "vitest";
import { numberScale, wordScale } from "../../src/charts/scale";

const labels = ({ ticks }: ReturnType<typeof numberScale>) => ticks.map(({ label }) => label);

test("an axis of numbers has round ticks and room at both ends", () => {
  const scale = numberScale([0, 10], false);
  expect(labels(scale)).toEqual(["0", "5", "10"]);
  expect(scale.place(5)).toBe(0.5);
  expect(scale.place(0)).toBeGreaterThan(0);
  expect(scale.place(10)).toBeLessThan(1);
});

test("a log axis has its powers, and no place for zero and below", () => {
  const scale = numberScale([0.001, 1, -5], true);
  expect(labels(scale)).toEqual(["0.001", "0.01", "0.1", "1"]);
  expect(scale.place(0)).toBeUndefined();
  expect(scale.place(-5)).toBeUndefined();
});

test("a lone value stands in the middle; no value has no place", () => {
  expect(numberScale([3], false).place(3)).toBeCloseTo(0.5);
  expect(numberScale([3], true).place(3)).toBeCloseTo(0.5);
  expect(numberScale([Number.NaN], false).place(Number.NaN)).toBeUndefined();
  expect(numberScale([], false).ticks).toEqual([]);
});

test("words share an axis evenly", () => {
  const scale = wordScale(["adam", "sgd"]);
  expect(scale.ticks).toEqual([
    { at: 0.25, label: "adam" },
    { at: 0.75, label: "sgd" },
  ]);
  expect(scale.place(2)).toBeUndefined();
});

test("the greatest numbers that there are have places too", () => {
  const scale = numberScale([-1.7e308, 1.7e308], false);
  expect(scale.place(0)).toBeCloseTo(0.5);
  expect(scale.place(1.7e308)).toBeLessThan(1);
  expect(labels(scale)).toContain("1e308");
});
