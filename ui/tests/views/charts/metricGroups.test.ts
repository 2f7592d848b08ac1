import { expect, test } from "vitest";
import {
  matchingKeys,
  metricGroups,
  shortName,
  splitSingles,
} from "../../../src/views/charts/metricGroups";

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
