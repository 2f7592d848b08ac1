import { expect, test } from "vitest";
import { keysOf, rowOf, valuesOf } from "../../src/store/rows";
import { firstRunCode } from "../../src/views/experiment/runs/firstRunCode";
import { sampleRun } from "./sampleRun";

test("the same run gives the same row, so that it is not drawn again", () => {
  const run = sampleRun("a");
  expect(rowOf(run)).toBe(rowOf(run));
});

test("a run without a name goes by its id", () => {
  expect(rowOf(sampleRun("a", { run_name: "" })).name).toBe("a");
});

test("keys sort with their numbers as numbers, values by how often they occur", () => {
  const run = sampleRun("b");
  run.data = {
    params: [
      { key: "p10", value: "x" },
      { key: "p9", value: "y" },
    ],
  };
  expect(keysOf([rowOf(run)], "params")).toEqual(["p9", "p10"]);
  const rows = ["c", "d"].map((id) => rowOf(sampleRun(id)));
  expect(valuesOf([...rows, rowOf(run)], "params", "model")).toEqual(['a "b", c']);
});

test("the first lines of Python name this server and, if need be, this experiment", () => {
  const here = new URL("https://ml.example.org/team/");
  expect(firstRunCode(here, "Default")).toBe(
    'import epochal as mlflow\nmlflow.set_tracking_uri("https://ml.example.org/team")\n' +
      'mlflow.log_metric("rmse", 0.42)',
  );
  expect(firstRunCode(here, 'a "b"')).toContain('mlflow.set_experiment("a \\"b\\"")');
});
