import { expect, test } from "vitest";
import { cellText } from "../../src/views/run/artifacts/tables/cellText";
import { columnsOf, nextSorting } from "../../src/views/run/artifacts/tables/columnsOf";
import { tableSize } from "../../src/views/run/artifacts/tables/tableSize";
import { readDigest } from "../../src/wire/artifacts";

test("values of any type have a text", () => {
  expect(cellText(null)).toBe("");
  expect(cellText(12n)).toBe("12");
  expect(cellText(new Date(Date.UTC(2026, 0, 2)))).toBe("2026-01-02");
  expect(cellText({ a: [1n] })).toBe('{"a":["1"]}');
  expect(cellText(new Uint8Array(3))).toBe("3 bytes");
});

test("a click sorts up, the next down, the third not at all", () => {
  const up = nextSorting(undefined, 1);
  const down = nextSorting(up, 1);
  expect([up, down, nextSorting(down, 1)]).toEqual([
    { column: 1, isDescending: false },
    { column: 1, isDescending: true },
    undefined,
  ]);
});

test("columns are as wide as what they hold, and numbers are told apart", () => {
  const [short, long] = columnsOf({ columns: ["n", "text"], rows: [["1", "x".repeat(90)]] });
  expect(short?.isNumeric).toBe(true);
  expect(long?.width).toBeGreaterThan(short?.width ?? 0);
});

test("sizes are said in words", () => {
  expect(tableSize(1, 1)).toBe("1 row, 1 column");
  expect(tableSize(1200, 250)).toBe("1,200 rows, 250 columns; the last 50 columns are not shown");
});

test("a digest is read from its header", () => {
  expect(readDigest("sha-256=:AAEC/w==:")).toBe("000102ff");
  expect(readDigest("md5=:AAEC:")).toBeUndefined();
  expect(readDigest(null)).toBeUndefined();
});
