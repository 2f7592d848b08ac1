import { expect, test } from "vitest";
import { RUN_COLORS, runColor, runColorIndex } from "../../src/format/palette";

test("a run keeps its colour wherever it is shown", () => {
  const id = "6adad730e2224d968009a04ee8a2cd21";
  expect(runColor(id)).toBe(runColor(id));
  expect(runColor(id)).toMatch(/^var\(--run-([1-9]|1[0-2])\)$/);
});

test("random ids spread over all twelve colours", () => {
  const counts = new Array<number>(RUN_COLORS).fill(0);
  for (let index = 0; index < 1200; index += 1) {
    const id = (index * 2654435761).toString(16).padStart(32, "0");
    const color = runColorIndex(id);
    counts[color] = (counts[color] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(50);
});
