import { expect, test } from "vitest";
import { complete, type KnownKeys } from "../../src/views/experiment/query/completion";

const KNOWN: KnownKeys = {
  metrics: ["rmse", "val/rmse"],
  params: ["model"],
  tags: ["team"],
  valuesOf: () => ["lasso", "forest"],
};

const texts = (text: string) => complete(text, text.length, KNOWN).items.map((item) => item.text);

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

test("after an operator come values seen in the runs, quoted", () => {
  expect(texts("params.model = ")).toEqual(["'lasso'", "'forest'"]);
  expect(texts("params.model = 'for")).toEqual(["'forest'"]);
  expect(texts("status = ")).toContain("'FINISHED'");
});

test("after a value comes AND, and after AND the keys again", () => {
  expect(texts("metrics.rmse < 3 ")).toEqual(["AND"]);
  expect(texts("metrics.rmse < 3 AND mod")).toEqual(["params.model"]);
});

test("a choice replaces the word under the caret and no more", () => {
  const { from, to } = complete("metrics.rm < 3", 10, KNOWN);
  expect([from, to]).toEqual([0, 10]);
});
