import { expect, test } from "vitest";
import { type KeptChart, readCharts, writeCharts } from "../../src/store/chartsTag";

const charts: KeptChart[] = [
  { id: "a", title: "Loss", spec: { kind: "line", metrics: ["train/loss", "val/loss"] } },
  { id: "b", title: "", spec: { kind: "bar", metric: "rmse" } },
  {
    id: "c",
    title: "",
    spec: {
      kind: "scatter",
      x: { group: "params", key: "lr" },
      y: "rmse",
      isLogX: true,
      isLogY: false,
    },
  },
];

test("charts survive the way through the tag", () => {
  const text = writeCharts({ charts, unknown: [], isBroken: false });
  expect(readCharts(text)).toEqual({ charts, unknown: [], isBroken: false });
});

test("no tag means no charts, and a text that is none says so", () => {
  expect(readCharts(undefined)).toEqual({ charts: [], unknown: [], isBroken: false });
  for (const text of ["{", "[]", "null", '"x"', '{"charts":3}']) {
    expect(readCharts(text)).toEqual({ charts: [], unknown: [], isBroken: true });
  }
});

test("entries that this version does not know, or that are bent, are kept as they stand", () => {
  const odd = [
    { id: "x", kind: "contour", z: 1 },
    { id: "y", kind: "line", metrics: [1] },
    { id: "z", kind: "scatter", x: { group: "moon", key: "k" }, y: "m" },
    { kind: "bar", metric: "rmse" },
    7,
    null,
    { id: "b", kind: "bar", metric: "a second of the same id" },
  ];
  const text = JSON.stringify({ charts: [{ id: "b", kind: "bar", metric: "rmse" }, ...odd] });
  const kept = readCharts(text);
  expect(kept.charts.map(({ id }) => id)).toEqual(["b"]);
  expect(kept.unknown).toEqual(odd);
  expect(readCharts(writeCharts(kept))).toEqual(kept);
});
