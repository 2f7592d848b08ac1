import { expect, test } from "vitest";
import { parseJson, parseLines } from "../../src/views/run/artifacts/values/parseValues";
import { parseYaml } from "../../src/views/run/artifacts/values/parseYaml";
import { valueRows, valueText } from "../../src/views/run/artifacts/values/valueRows";

test("the outermost levels are open at first, and a click turns one round", () => {
  const value = { a: { b: { c: 1 } }, "d e": [2] };
  const paths = (flipped: string[]) => valueRows(value, new Set(flipped)).map(({ path }) => path);
  expect(paths([])).toEqual(["$", "$.a", "$.a.b", '$["d e"]', '$["d e"][0]']);
  expect(paths(["$.a"])).toEqual(["$", "$.a", '$["d e"]', '$["d e"][0]']);
  expect(paths(["$.a.b"])).toContain("$.a.b.c");
});

test("long lists start closed", () => {
  const rows = valueRows({ long: Array.from({ length: 51 }, () => 0) }, new Set());
  expect(rows).toHaveLength(2);
  expect(rows[1]).toMatchObject({ count: 51, isList: true, isOpen: false });
});

test("Python's words for what is no number are read", () => {
  expect(parseJson('{"a": NaN, "b": [-Infinity]}')).toEqual({
    value: { a: "NaN", b: ["-Infinity"] },
  });
  expect(parseJson('{"a": "NaN, "}')).toEqual({ value: { a: "NaN, " } });
  expect(parseJson("{")).toHaveProperty("problem");
});

test("the last of JSON lines may be cut, another may not", () => {
  expect(parseLines('{"a": 1}\n\n{"a": 2}\n{"a"')).toEqual({ value: [{ a: 1 }, { a: 2 }] });
  expect(parseLines("x\n1")).toMatchObject({ problem: expect.stringContaining("Line 1") });
});

test("documents of YAML become a list, what is none says why", () => {
  expect(parseYaml("a: [1, 2]")).toEqual({ value: { a: [1, 2] } });
  expect(parseYaml("a: 1\n---\nb: 2")).toEqual({ value: [{ a: 1 }, { b: 2 }] });
  expect(parseYaml("a: [")).toHaveProperty("problem");
});

test("single values are written as they are", () => {
  expect([valueText("a"), valueText(1), valueText(null), valueText(12n)]).toEqual([
    '"a"',
    "1",
    "null",
    "12",
  ]);
});
