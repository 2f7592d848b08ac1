import { expect, test } from "vitest";
import { fileName, pointsCsv } from "../../src/charts/exportChart";
import { makePoints } from "../../src/charts/points";

test("a CSV holds every point with all its digits, and quotes what needs it", () => {
  const points = makePoints([{ step: 1, time: 2, value: 0.1 + 0.2 }]);
  const csv = pointsCsv([{ id: "a", label: 'a,"b"', color: "red", points }]);
  expect(csv).toBe('series,step,timestamp_ms,value\r\n"a,""b""",1,2,0.30000000000000004\r\n');
});

test("a metric's name becomes a name that file systems take", () => {
  expect(fileName("train/loss %", "png")).toBe("train-loss.png");
  expect(fileName("///", "csv")).toBe("chart.csv");
});
