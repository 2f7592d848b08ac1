import { expect, test } from "vitest";
import { columnFormat, formatBytes, formatNumber } from "../../src/format/numbers";

test("a single number shows six significant digits and no trailing zeros", () => {
  expect(formatNumber(0.123456789)).toBe("0.123457");
  expect(formatNumber(0.5)).toBe("0.5");
  expect(formatNumber(1234567)).toBe("1234567");
  expect(formatNumber(0.00001234)).toBe("1.234e-5");
  expect(formatNumber(3e20)).toBe("3e20");
});

test("what is not finite is written as a word or sign", () => {
  expect([Number.NaN, Infinity, -Infinity].map(formatNumber)).toEqual(["NaN", "∞", "−∞"]);
});

test("numbers of one column have the same decimals", () => {
  const values = [0.5, 0.25123, 12.1, Number.NaN];
  expect(values.map(columnFormat(values))).toEqual(["0.50000", "0.25123", "12.10000", "NaN"]);
});

test("whole numbers get no decimals", () => {
  expect([1, 20, 300].map(columnFormat([1, 20, 300]))).toEqual(["1", "20", "300"]);
});

test("of a column that spans many magnitudes only the extreme ones have exponents", () => {
  const values = [0, 1, 0.5, -12345.678, 1e6, 1e-9, 3e15, Number.NaN];
  expect(values.map(columnFormat(values))).toEqual([
    "0",
    "1",
    "0.5",
    "-12346",
    "1000000",
    "1e-9",
    "3e15",
    "NaN",
  ]);
});

test("sizes are in powers of a thousand with at most one decimal", () => {
  expect([12, 1200, 999_999, 1_234_000_000].map(formatBytes)).toEqual([
    "12 B",
    "1.2 kB",
    "1.0 MB",
    "1.2 GB",
  ]);
});
