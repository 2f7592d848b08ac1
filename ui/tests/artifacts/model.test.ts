import { expect, test } from "vitest";
import { modelFacts } from "../../src/views/run/artifacts/model/modelFacts";
import { pandasSnippet, sparkSnippet } from "../../src/views/run/artifacts/model/modelSnippets";

const model = (signature: unknown) => ({
  flavors: { sklearn: { sklearn_version: "1" } },
  signature,
});

test("flavors, size and environment are read", () => {
  const facts = modelFacts({
    flavors: { python_function: { env: { conda: "c.yaml" }, python_version: "3.11" } },
    model_size_bytes: 12,
  });
  expect(facts).toMatchObject({
    sizeBytes: 12,
    environment: [
      ["Python", "3.11"],
      ["conda", "c.yaml"],
    ],
    inputs: undefined,
  });
});

test("columns, tensors, arrays and objects have types in words", () => {
  const inputs = JSON.stringify([
    { name: "a", type: "double" },
    { name: "b", type: "array", items: { type: "long" }, required: false },
    { name: "c", type: "object", properties: { d: { type: "string" } } },
    { type: "tensor", "tensor-spec": { dtype: "float32", shape: [-1, 3] } },
  ]);
  expect(modelFacts(model({ inputs }))?.inputs).toEqual([
    { name: "a", type: "double", isOptional: false },
    { name: "b", type: "array of long", isOptional: true },
    { name: "c", type: "{ d: string }", isOptional: false },
    { name: "(4)", type: "float32 (-1, 3)", isOptional: false },
  ]);
});

test("a broken signature is none, and what has no flavors is no model", () => {
  expect(modelFacts(model({ inputs: "[" }))?.inputs).toBeUndefined();
  expect(modelFacts({ a: 1 })).toBeUndefined();
  expect(modelFacts("x")).toBeUndefined();
});

test("lines to copy name the model, whatever its name holds", () => {
  expect(pandasSnippet('runs:/1/a"b')).toContain('load_model("runs:/1/a\\"b")');
  expect(sparkSnippet("runs:/1/m")).toContain('spark_udf(spark, "runs:/1/m")');
});
