import { expect, test } from "vitest";
import { complete } from "../../src/views/experiment/query/completion";
import { charactersBefore, unitsBefore } from "../../src/wire/completion";
import type { KnownField } from "../../src/wire/fields";

const field = (kind: KnownField["kind"], key: string): KnownField => ({
  field: `${kind}s.${key}`,
  kind,
  key,
  type: "text",
  count: 1,
});
const KNOWN = [
  field("metric", "rmse"),
  field("metric", "val/rmse"),
  field("param", "model"),
  field("tag", "team"),
];

const texts = (text: string) =>
  complete(text, text.length, KNOWN).candidates.map((candidate) => candidate.text);

test("an empty box offers the keys of the runs and the attributes", () => {
  expect(texts("")).toEqual(expect.arrayContaining(["metrics.rmse", "params.model", "tags.team"]));
});

test("a part of a key finds it, those that begin with it first", () => {
  expect(texts("rms")).toEqual(["metrics.rmse", "metrics.`val/rmse`"]);
  expect(texts("metrics.va")).toEqual(["metrics.`val/rmse`"]);
});

test("after a key come the operators that fit it", () => {
  expect(texts("metrics.rmse ")).toEqual(["=", "!=", ">", ">=", "<", "<="]);
  expect(texts("params.model ")).toContain("ILIKE");
  expect(texts("attributes.run_id ")).toContain("IN");
});

test("after an operator come the values that are always the same", () => {
  expect(texts("status = ")).toContain("'FINISHED'");
  expect(texts("params.model IS ")).toEqual(["NULL", "NOT NULL"]);
});

test("after a value comes AND, and after AND the keys again", () => {
  expect(texts("metrics.rmse < 3 ")).toEqual(["AND"]);
  expect(texts("metrics.rmse < 3 AND mod")).toEqual(["params.model"]);
});

test("a choice replaces the word under the caret and no more", () => {
  const { start, end } = complete("metrics.rm < 3", 10, KNOWN);
  expect([start, end]).toEqual([0, 10]);
});

test("the server counts characters, the page units of UTF-16", () => {
  expect(charactersBefore("a😀b", 3)).toBe(2);
  expect(unitsBefore("a😀b", 2)).toBe(3);
});
