import { expect, test } from "vitest";
import { datasetFacts } from "../../../src/views/run/overview/datasetFacts";

test("context, source, rows and columns are read from a dataset's texts", () => {
  const facts = datasetFacts({
    tags: [{ key: "mlflow.data.context", value: "training" }],
    dataset: {
      name: "flights",
      digest: "d1",
      source: '{"uri":"s3://bucket/x.csv"}',
      schema: '{"mlflow_colspec":[{"type":"long","name":"distance"}]}',
      profile: '{"num_rows":10}',
    },
  });
  expect(facts).toEqual({
    context: "training",
    source: "s3://bucket/x.csv",
    rows: 10,
    columns: [{ name: "distance", type: "long" }],
  });
});

test("texts in another form are left out, not guessed at", () => {
  const facts = datasetFacts({
    dataset: { name: "x", digest: "d", source: "plain.csv", schema: "{", profile: "7" },
  });
  expect(facts).toEqual({ context: undefined, source: "plain.csv", rows: undefined, columns: [] });
});
