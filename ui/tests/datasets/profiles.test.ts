import { expect, test } from "vitest";
import { binShares, driftBars } from "../../src/views/datasets/changes/driftPlots";
import { driftText } from "../../src/views/datasets/changes/driftText";
import { percent, profileBars, profileText } from "../../src/views/datasets/columns/profilePlots";
import { pageOfDataset } from "../../src/views/run/overview/datasetFacts";
import type { ColumnProfile } from "../../src/wire/datasets";

const number = (quantiles: number[]): ColumnProfile => ({
  name: "n",
  type: "double",
  kind: "number",
  missing: 0,
  min: quantiles[0],
  max: quantiles.at(-1),
  mean: 2,
  quantiles,
  histogram: [1, 4],
});
const words = (...top: [string, number][]): ColumnProfile => ({
  name: "w",
  type: "string",
  kind: "category",
  missing: 0,
  distinct: top.length,
  top,
  others: 0,
});

test("bars are shares of the highest, and say what they stand for", () => {
  expect(profileBars(number([0, 4]))).toEqual([
    { share: 0.25, label: "0 to 2: 1" },
    { share: 1, label: "2 to 4: 4" },
  ]);
  expect(profileBars(words(["a", 3], ["b", 1]))[1]?.share).toBeCloseTo(1 / 3);
});

test("a column is described in a line", () => {
  expect(profileText(number([0, 4]))).toBe("0 to 4, mean 2");
  expect(profileText(words(["a", 3], ["b", 1]))).toBe("2 different, most often a (75 %)");
});

test("shares are short, and never nothing where there is something", () => {
  expect([0, 0.0001, 0.004, 0.5, 1].map(percent)).toEqual([
    "0 %",
    "<0.1 %",
    "0.4 %",
    "50 %",
    "100 %",
  ]);
});

test("quantiles are counted into bins of both versions", () => {
  expect(binShares([0, 1, 2, 3], 0, 4, 2)).toEqual([0.5, 0.5]);
  expect(binShares([4, 4], 0, 4, 2)).toEqual([0, 1]);
  const [before = [], after = []] = driftBars(number([0, 1]), number([3, 4])) ?? [];
  expect(before[0]?.share).toBe(1);
  expect(after[0]?.share).toBe(0);
});

test("values that only one version has are drawn for both", () => {
  const [before = [], after = []] = driftBars(words(["a", 1]), words(["b", 1])) ?? [];
  expect(before.map(({ share }) => share)).toEqual([1, 0]);
  expect(after.map(({ share }) => share)).toEqual([0, 1]);
  expect(driftBars(words(["a", 1]), number([1, 2]))).toBeUndefined();
});

test("what changed in a column is one line", () => {
  const drift = {
    name: "w",
    kind: "category" as const,
    missing_share: [0, 0.1] as [number, number],
    psi: 0.3,
    ks: null,
    distinct: [2, 3] as [number, number],
    appeared: ["c"],
    vanished: [],
    verdict: "large" as const,
  };
  expect(driftText(drift)).toBe("2 → 3 different, new: c, missing 0 % → 10 %");
});

test("inputs of runs lead to the page of their version", () => {
  expect(pageOfDataset("datasets:/flights/3")).toBe("#/datasets/flights?version=3");
  expect(pageOfDataset("datasets:/a b/3")).toBe("#/datasets/a%20b?version=3");
  expect(pageOfDataset("s3://bucket/flights/3")).toBeUndefined();
});
