import { expect, test } from "vitest";
import { rowOf } from "../../src/store/rows";
import {
  chosenRows,
  compareRows,
  compareText,
  sharedMetrics,
} from "../../src/views/compare/compareRows";
import { sampleRun } from "../runs/sampleRun";

const first = sampleRun("a");
const second = sampleRun("b");
second.data = {
  metrics: [{ key: "val/rmse", value: 0.5, timestamp: 1, step: 0 }],
  params: [
    { key: "model", value: 'a "b", c' },
    { key: "depth", value: "4\n5" },
  ],
  tags: [{ key: "mlflow.user", value: "ana" }],
};
const runs = [rowOf(first), rowOf(second)];
const rows = compareRows(runs);
const find = (section: string, key: string) =>
  rows.find((row) => row.section === section && row.key === key);

test("every value stands in a row, with a gap where a run has none", () => {
  expect(find("params", "depth")?.texts).toEqual([undefined, "4\n5"]);
  expect(find("metrics", "val/rmse")?.numbers).toEqual([0.1234567890123, 0.5]);
  expect(find("attributes", "User")).toMatchObject({ texts: ["ana", "ana"], isSame: true });
  expect(find("attributes", "Commit")).toBeUndefined();
  expect(rows.some(({ key }) => key.startsWith("mlflow."))).toBe(false);
});

test("a missing value is a difference, and NaN is not one from NaN", () => {
  expect(find("params", "depth")?.isSame).toBe(false);
  expect(find("params", "model")?.isSame).toBe(true);
  const twins = compareRows([rowOf(sampleRun("c")), rowOf(sampleRun("d"))]);
  expect(twins.find(({ key }) => key === "system/cpu")?.isSame).toBe(true);
});

test("rows are narrowed to those that differ and to those that match", () => {
  const differing = chosenRows(rows, { isDifferent: true, needle: "" });
  expect(differing.some(({ isSame }) => isSame)).toBe(false);
  expect(chosenRows(rows, { isDifferent: false, needle: " DEP" })).toHaveLength(1);
});

test("a copied table has one line a row, whatever is in a value", () => {
  const lines = compareText(runs, rows).split("\n");
  expect(lines).toHaveLength(rows.length + 1);
  expect(lines[0]).toBe("\t\tname-a\tname-b");
  expect(lines).toContain("params\tdepth\t\t4 5");
});

test("only metrics that two runs have can be laid over each other", () => {
  expect(sharedMetrics(runs)).toEqual(["val/rmse"]);
});
