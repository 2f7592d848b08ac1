import { expect, test } from "vitest";
import { FIRST_CHOICE } from "../../src/views/experiment/runs/choice";
import { buildColumns } from "../../src/views/experiment/runs/columns";
import {
  aggregatesOf,
  formatGrouping,
  groupFilter,
  readGrouping,
  sortGroups,
} from "../../src/views/experiment/runs/grouping";
import { SAMPLE_FIELDS } from "./sampleRun";

const group = (by: Record<string, string | number | null>, count = 1, mean = 0) => ({
  by,
  count,
  aggregates: { "mean(metrics.`val/rmse`)": mean },
});

test("a grouping survives the address, commas included", () => {
  expect(readGrouping(formatGrouping(["params.a,b", "tags.50%"]))).toEqual([
    "params.a,b",
    "tags.50%",
  ]);
  expect(readGrouping(null)).toEqual([]);
});

test("the runs of a group are found by its values, on top of the filter in force", () => {
  const ids = ["params.model", "tags.a b"];
  const one = group({ "params.model": "it's", "tags.`a b`": null });
  expect(groupFilter("metrics.a < 1", one, ids)).toBe(
    'metrics.a < 1 AND params.model = "it\'s" AND tags.`a b` IS NULL',
  );
  expect(groupFilter("a = 1 OR b = 2", group({ "params.model": "m" }), ["params.model"])).toBe(
    "(a = 1 OR b = 2) AND params.model = 'm'",
  );
});

test("columns of metrics and the duration show what is said of the group", () => {
  const columns = buildColumns(SAMPLE_FIELDS, FIRST_CHOICE);
  const texts = [...aggregatesOf(columns, "min").values()];
  expect(texts).toContain("min(metrics.`val/rmse`)");
  expect(texts).toContain("min(duration)");
  expect(texts).not.toContain("min(params.model)");
});

test("groups follow the order of the table, else the largest come first", () => {
  const groups = [group({ "params.model": "a" }, 1, 9), group({ "params.model": "b" }, 5, 3)];
  const aggregates = new Map([["metrics.val/rmse", "mean(metrics.`val/rmse`)"]]);
  const first = (id?: string, isDescending = false) =>
    sortGroups(groups, id ? { id, isDescending } : undefined, aggregates)[0]?.by["params.model"];
  expect(first()).toBe("b");
  expect(first("metrics.val/rmse")).toBe("b");
  expect(first("metrics.val/rmse", true)).toBe("a");
  expect(first("params.model")).toBe("a");
});
