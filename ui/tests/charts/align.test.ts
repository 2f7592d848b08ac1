import { expect, test } from "vitest";
import { align, spread } from "../../src/charts/align";

test("x of several series is merged and each point finds its row", () => {
  const { x, sources } = align([
    [0, 1, 3],
    [1, 2, 3],
  ]);
  expect(Array.from(x)).toEqual([0, 1, 2, 3]);
  expect(sources.map((source) => Array.from(source))).toEqual([
    [0, 1, -1, 2],
    [-1, 0, 1, 2],
  ]);
});

test("several points of one series at one x are all kept", () => {
  const { x, sources } = align([[5, 5, 5], [5]]);
  expect(Array.from(x)).toEqual([5, 5, 5]);
  expect(Array.from(sources[1] ?? [])).toEqual([0, -1, -1]);
});

test("rows of other series are undefined in a column, which does not break its line", () => {
  expect(spread(["a", "b"], Int32Array.of(0, -1, 1))).toEqual(["a", undefined, "b"]);
});

test("no series makes no rows", () => {
  expect(align([]).x.length).toBe(0);
  expect(align([[]]).x.length).toBe(0);
});
