import { expect, test } from "vitest";
import { rowOf } from "../../../src/store/rows";
import {
  joinLoners,
  matchingKeys,
  metricGroups,
  shortName,
  splitSingles,
} from "../../../src/views/charts/metricGroups";
import { splitKinds } from "../../../src/views/charts/metricKinds";
import { sampleRun } from "../../runs/sampleRun";

test("metrics are grouped by what stands before the first slash, the machine's own last", () => {
  const groups = metricGroups(["val/loss", "system/cpu", "rmse", "train/a/b", "train/loss"]);
  expect(groups.map(({ name, keys }) => [name, keys])).toEqual([
    ["", ["rmse"]],
    ["train", ["train/a/b", "train/loss"]],
    ["val", ["val/loss"]],
    ["system", ["system/cpu"]],
  ]);
  expect(groups.at(-1)?.isSystem).toBe(true);
});

test("inside a group the prefix is left out", () => {
  expect(shortName("train/a/b")).toBe("a/b");
  expect(shortName("/odd")).toBe("/odd");
});

test("every word of a filter must be found, in any case and order", () => {
  const keys = ["train/Loss", "val/loss", "train/acc"];
  expect(matchingKeys(keys, "loss TRAIN")).toEqual(["train/Loss"]);
  expect(matchingKeys(keys, "  ")).toEqual(keys);
});

test("metrics whose latest step is 0 are taken for single values", () => {
  const metrics = [
    { key: "a", value: 1, timestamp: 1, step: 0 },
    { key: "b", value: 1, timestamp: 1, step: "7" },
  ];
  expect(splitSingles(["a", "b"], metrics)).toEqual({ values: ["a"], curves: ["b"] });
});

test("prefixes of one metric join those without a prefix", () => {
  const groups = joinLoners(metricGroups(["rmse", "train/a", "val/a", "val/b", "system/cpu"]));
  expect(groups.map(({ name, keys }) => [name, keys])).toEqual([
    ["", ["rmse", "train/a"]],
    ["val", ["val/a", "val/b"]],
    ["system", ["system/cpu"]],
  ]);
});

test("a metric is a curve as soon as one run has it beyond step 0", () => {
  const [first, second] = [sampleRun("a"), sampleRun("b")];
  second.data = { metrics: [{ key: "val/rmse", value: 1, timestamp: 1, step: 9 }] };
  const keys = ["system/cpu", "val/rmse"];
  expect(splitKinds(keys, [rowOf(first)])).toEqual({ curves: [], values: keys });
  expect(splitKinds(keys, [first, second].map(rowOf))).toEqual({
    curves: ["val/rmse"],
    values: ["system/cpu"],
  });
});
