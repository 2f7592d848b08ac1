import { expect, test } from "vitest";
import { RUN_COLORS } from "../../src/format/palette";
import { formatPlaces, readPlaces, runColor, runColorIndex } from "../../src/store/runColors";

test("as many runs as there are colours, seen one after the other, all differ", () => {
  const ids = Array.from({ length: RUN_COLORS }, (_, index) => `run${index}`);
  expect(new Set(ids.map(runColor)).size).toBe(RUN_COLORS);
});

test("a run keeps its colour however many are seen after it", () => {
  const color = runColor("first");
  for (let index = 0; index < 30; index += 1) runColorIndex(`later${index}`);
  expect(runColor("first")).toBe(color);
  expect(color).toMatch(/^var\(--run-([1-9]|1[0-2])\)$/);
});

test("what is kept is read back, and what is broken is left out", () => {
  const places = new Map([
    ["6adad730e2224d968009a04ee8a2cd21", 11],
    ["a", 0],
  ]);
  expect(readPlaces(formatPlaces([...places]))).toEqual(places);
  expect(readPlaces("a:z,:1,b:3,c,")).toEqual(new Map([["b", 3]]));
});
