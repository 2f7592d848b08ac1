import { expect, test } from "vitest";
import type { KeptChart } from "../../src/store/chartsTag";
import { chartFrom, draftOf } from "../../src/views/experiment/charts/chartDraft";
import {
  insertedAt,
  movedTo,
  replaced,
  without,
} from "../../src/views/experiment/charts/keptOrder";

const chart = (id: string, title = ""): KeptChart => ({
  id,
  title,
  spec: { kind: "bar", metric: "rmse" },
});
const charts = ["a", "b", "c"].map((id) => chart(id));
const ids = (list: readonly KeptChart[]) => list.map(({ id }) => id).join("");

test("a chart goes to another place, comes back, or leaves", () => {
  expect(ids(movedTo(charts, "a", 2))).toBe("bca");
  expect(ids(movedTo(charts, "c", 0))).toBe("cab");
  expect(ids(movedTo(charts, "gone", 0))).toBe("abc");
  expect(ids(without(charts, "b"))).toBe("ac");
  expect(ids(insertedAt(without(charts, "b"), chart("b"), 1))).toBe("abc");
  expect(ids(insertedAt(charts, chart("b"), 9))).toBe("acb");
});

test("an edited chart keeps its place, also when a colleague removed it meanwhile", () => {
  expect(replaced(charts, chart("b", "new")).map(({ title }) => title)).toEqual(["", "new", ""]);
  expect(ids(replaced(without(charts, "b"), chart("b")))).toBe("acb");
});

const choices = { metrics: ["rmse", "mae"], params: ["lr"] };

test("a new chart starts as lines that want a metric", () => {
  const draft = draftOf(undefined, choices);
  expect(chartFrom(draft)).toBeUndefined();
  expect(chartFrom({ ...draft, metrics: ["mae"] })?.spec).toEqual({
    kind: "line",
    metrics: ["mae"],
  });
  expect(draftOf(undefined, { metrics: [], params: [] }).y).toBe("");
});

test("what is edited comes back as it was", () => {
  const kept: KeptChart = {
    id: "s",
    title: "Sweep",
    spec: {
      kind: "scatter",
      x: { group: "params", key: "a.b" },
      y: "rmse",
      isLogX: true,
      isLogY: false,
    },
  };
  expect(chartFrom(draftOf(kept, choices))).toEqual(kept);
  expect(chartFrom(draftOf(chart("a", "T"), choices))).toEqual(chart("a", "T"));
});
