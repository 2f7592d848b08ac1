import { expect, test } from "vitest";
import { dashesOf } from "../../src/charts/dashes";
import { runColorIndex } from "../../src/format/palette";

test("of runs that share a colour the first is solid and the others have patterns", () => {
  const ids = Array.from({ length: 200 }, (_, index) => `run${index}`);
  const twins = ids.filter((id) => runColorIndex(id) === runColorIndex("run0"));
  const dashes = dashesOf(ids);
  expect(dashes.get(twins[0] ?? "")).toBeUndefined();
  expect(dashes.get(twins[1] ?? "")).toBeDefined();
  expect(dashes.get(twins[2] ?? "")).not.toEqual(dashes.get(twins[1] ?? ""));
});
