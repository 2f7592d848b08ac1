import { expect, test } from "vitest";
import { rowOf } from "../../src/store/rows";
import { readSight, shownRuns } from "../../src/views/experiment/charts/shownRuns";
import { sampleRun } from "../runs/sampleRun";

const rows = Array.from({ length: 120 }, (_, index) => rowOf(sampleRun(`r${index}`)));
const none = new Set<string>();

test("the first twenty are shown until more are asked for", () => {
  expect(readSight(null, 0)).toBe(20);
  expect(readSight("50", 0)).toBe(50);
  expect(readSight("7000", 0)).toBe(20);
  expect(shownRuns(rows, 20, none, new Map())).toHaveLength(20);
});

test("a selection is what one wants to see", () => {
  expect(readSight(null, 2)).toBe("selected");
  const shown = shownRuns(rows, "selected", new Set(["r3", "r90"]), new Map());
  expect(shown.map(({ id }) => id)).toEqual(["r3", "r90"]);
});

test("an eye wins over both, and never are there more than a panel can bear", () => {
  const eyes = new Map([
    ["r0", false],
    ["r99", true],
  ]);
  const shown = shownRuns(rows, 20, none, eyes).map(({ id }) => id);
  expect(shown).not.toContain("r0");
  expect(shown.at(-1)).toBe("r99");
  const all = new Map(rows.map(({ id }) => [id, true] as const));
  expect(shownRuns(rows, 20, none, all)).toHaveLength(100);
});
