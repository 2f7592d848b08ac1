import { expect, test } from "vitest";
import { rowOf } from "../../src/store/rows";
import { nestRows } from "../../src/views/experiment/runs/nesting";
import { sampleRun } from "./sampleRun";

function row(id: string, parent?: string) {
  const run = sampleRun(id);
  run.data = { tags: parent ? [{ key: "mlflow.parentRunId", value: parent }] : [] };
  return rowOf(run);
}
const order = (nested: ReturnType<typeof nestRows>) => nested.rows.map(({ id }) => id).join(" ");
const open = new Set<string>();

test("children stand below their parent, in their own order", () => {
  const nested = nestRows([row("c2", "p"), row("x"), row("c1", "p"), row("p")], open);
  expect(order(nested)).toBe("x p c2 c1");
  expect(nested.kin.get("p")).toEqual({ depth: 0, children: 2, isFolded: false });
  expect(nested.kin.get("c1")?.depth).toBe(1);
  expect(nested.kin.has("x")).toBe(false);
});

test("a folded parent hides its children and theirs", () => {
  const rows = [row("p"), row("c", "p"), row("g", "c")];
  expect(order(nestRows(rows, open))).toBe("p c g");
  expect(order(nestRows(rows, new Set(["p"])))).toBe("p");
});

test("a child whose parent is not loaded stays where it came", () => {
  expect(order(nestRows([row("a"), row("c", "elsewhere"), row("b")], open))).toBe("a c b");
});

test("no run is lost in a circle of parents", () => {
  const rows = [row("a", "b"), row("b", "a"), row("me", "me"), row("d", "a")];
  expect(order(nestRows(rows, open)).split(" ").sort()).toEqual(["a", "b", "d", "me"]);
});
