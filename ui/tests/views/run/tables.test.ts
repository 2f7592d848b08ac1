import { expect, test } from "vitest";
import {
  isNumericColumn,
  parseDelimited,
  parseLoggedTable,
  sortedRows,
} from "../../../src/views/run/artifacts/tables/delimited";

test("commas, semicolons and tabs are told apart by the first line", () => {
  for (const mark of [",", ";", "\t"]) {
    const table = parseDelimited(`a${mark}b\n1${mark}2\n`, "csv");
    expect(table).toEqual({ columns: ["a", "b"], rows: [["1", "2"]] });
  }
});

test("quotes may hold delimiters, line ends and quotes", () => {
  const table = parseDelimited('a,"b ""q"""\r\n1,"x,\ny"\r\n', "csv");
  expect(table).toEqual({ columns: ["a", 'b "q"'], rows: [["1", "x,\ny"]] });
});

test("ragged and unfinished rows become whole ones", () => {
  const table = parseDelimited('a,b\n1\n1,2,3\n4,"open', "csv");
  expect(table.columns).toEqual(["a", "b", ""]);
  expect(table.rows).toEqual([
    ["1", "", ""],
    ["1", "2", "3"],
    ["4", "open", ""],
  ]);
});

test("an empty text is an empty table", () => {
  expect(parseDelimited("", "csv")).toEqual({ columns: [], rows: [] });
});

test("a logged table is read; other JSON is not one", () => {
  const table = parseLoggedTable('{"columns":["a","b"],"data":[[1,null],["x",{"k":1}]]}');
  expect(table).toEqual({
    columns: ["a", "b"],
    rows: [
      ["1", ""],
      ["x", '{"k":1}'],
    ],
  });
  expect(parseLoggedTable('{"a":1}')).toBeUndefined();
  expect(parseLoggedTable('{"columns":[],"data":[1]}')).toBeUndefined();
  expect(parseLoggedTable("[broken")).toBeUndefined();
});

test("numbers sort by size, texts after them, empty cells last in both directions", () => {
  const table = { columns: ["a"], rows: [["10"], [""], ["9"], ["x"], ["-1e3"]] };
  const cells = (isDescending: boolean) =>
    sortedRows(table, { column: 0, isDescending }).map((row) => table.rows[row]?.[0]);
  expect(cells(false)).toEqual(["-1e3", "9", "10", "x", ""]);
  expect(cells(true)).toEqual(["10", "9", "-1e3", "x", ""]);
});

test("a column is numeric when its filled cells are numbers", () => {
  const table = {
    columns: ["a", "b", "c"],
    rows: [
      ["1", "x", ""],
      ["NaN", "2", ""],
    ],
  };
  expect([0, 1, 2].map((column) => isNumericColumn(table, column))).toEqual([true, false, false]);
});
