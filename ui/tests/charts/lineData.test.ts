import { expect, test } from "vitest";
import { lineData } from "../../src/charts/lineData";
import { LINE_DEFAULTS, type LineSeries } from "../../src/charts/lineDefaults";
import { makePoints } from "../../src/charts/points";

function series(id: string, values: number[]): LineSeries {
  const rows = values.map((value, step) => ({ step, time: step * 1000, value }));
  return { id, label: id, color: "red", points: makePoints(rows) };
}

test("without smoothing a series is one column", () => {
  const { columns, x } = lineData([series("a", [1, 2])], LINE_DEFAULTS, 0);
  expect(columns).toHaveLength(1);
  expect(columns[0]?.values).toEqual([1, 2]);
  expect(Array.from(x)).toEqual([0, 1]);
});

test("with smoothing the measured line stands behind the smoothed one", () => {
  const { columns } = lineData([series("a", [1, 2])], { ...LINE_DEFAULTS, smoothing: 0.5 }, 0);
  expect(columns.map((column) => column.isBackground)).toEqual([true, false]);
  expect(columns[1]?.values[1]).toBeCloseTo(5 / 3, 12);
});

test("a row reads back the measured point with its exact value", () => {
  const data = lineData([series("a", [1, Number.NaN])], LINE_DEFAULTS, 0);
  expect(data.readRow(0, 0)?.point).toEqual({ step: 0, time: 0, value: 1 });
  expect(data.readRow(0, 1)?.point.value).toBeNaN();
  expect(data.readRow(1, 0)).toBeUndefined();
});

test("values that cannot be drawn become marks, and a log axis says what it leaves out", () => {
  const values = [1, Number.NaN, Number.POSITIVE_INFINITY, 0, -3];
  const data = lineData([series("a", values)], { ...LINE_DEFAULTS, isLog: true }, 0);
  expect(data.marks.map(({ x, kind }) => [x, kind])).toEqual([
    [1, "nan"],
    [2, "up"],
  ]);
  expect(data.notPositive).toBe(2);
});

test("over time, points are drawn and smoothed in the order of their times", () => {
  const points = makePoints([
    { step: 0, time: 3000, value: 30 },
    { step: 1, time: 1000, value: 10 },
  ]);
  const one = { id: "a", label: "a", color: "red", points };
  const data = lineData([one], { ...LINE_DEFAULTS, xAxis: "relative" }, 1000);
  expect(Array.from(data.x)).toEqual([0, 2]);
  expect(data.columns[0]?.values).toEqual([10, 30]);
});

test("huge values are drawn in a larger unit and read back as they are", () => {
  const data = lineData([series("a", [-1.7e308, 1e308])], LINE_DEFAULTS, 0);
  const drawn = data.columns[0]?.values.map((value) => (value ?? 0) * data.unit);
  expect(data.unit).toBeGreaterThan(1);
  expect(drawn?.[1]).toBeCloseTo(1e308, -290);
  expect(data.readRow(0, 0)?.point.value).toBe(-1.7e308);
  expect(lineData([series("a", [1, Infinity])], LINE_DEFAULTS, 0).unit).toBe(1);
});
