import { expect, test } from "vitest";
import { dashesOf } from "../../src/charts/dashes";

test("of runs that share a colour the first is solid and the others have patterns", () => {
  const dashes = dashesOf(["a", "b", "c", "d"], (id) => (id === "b" ? 1 : 0));
  expect(dashes.get("a")).toBeUndefined();
  expect(dashes.get("b")).toBeUndefined();
  expect(dashes.get("c")).toBeDefined();
  expect(dashes.get("d")).not.toEqual(dashes.get("c"));
});
