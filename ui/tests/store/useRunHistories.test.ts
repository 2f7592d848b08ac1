import { expect, test } from "vitest";
import { overviewLimit } from "../../src/store/useRunHistories";

test("the more runs are drawn, the fewer points each asks for", () => {
  const limits = [1, 3, 4, 10, 11, 50, 51, 100].map(overviewLimit);
  expect(limits).toEqual([1000, 1000, 500, 500, 300, 300, 150, 150]);
});
