import { expect, test } from "vitest";
import { rowOf, tableRows } from "../../src/store/rows";
import {
  chooseColumn,
  chooseGroup,
  FIRST_CHOICE,
  formatChoice,
  isShown,
  parseChoice,
  withColumn,
} from "../../src/views/experiment/runs/choice";
import { buildColumns, fieldsOf, widened } from "../../src/views/experiment/runs/columns";
import { formatSort, nextSort, orderBy, parseSort } from "../../src/views/experiment/runs/sort";
import { fieldOf, SAMPLE_FIELDS, sampleRun } from "./sampleRun";

const columns = buildColumns(SAMPLE_FIELDS, FIRST_CHOICE);
const shownIds = (choice = FIRST_CHOICE) =>
  columns.filter((column) => isShown(column, choice)).map(({ id }) => id);
const columnOf = (id: string) => columns.find((column) => column.id === id) ?? expect.fail(id);

test("at first sight system metrics and MLflow's own tags are hidden", () => {
  expect(shownIds()).toEqual([
    "attributes.start_time",
    "attributes.duration",
    "metrics.val/rmse",
    "params.model",
    "tags.team",
  ]);
});

test("one column and a whole group can be shown and hidden", () => {
  const hidden = chooseGroup(FIRST_CHOICE, "metrics", false);
  expect(shownIds(hidden)).not.toContain("metrics.val/rmse");
  const one = chooseColumn(hidden, columnOf("metrics.system/cpu"), true);
  expect(shownIds(one)).toContain("metrics.system/cpu");
  expect(shownIds(chooseGroup(one, "metrics", true))).toContain("metrics.val/rmse");
});

test("a column put back as it was leaves no trace in the address", () => {
  const column = columnOf("params.model");
  const back = chooseColumn(chooseColumn(FIRST_CHOICE, column, false), column, true);
  expect(formatChoice(back)).toBe("");
});

test("a choice survives the address, commas and per cent signs included", () => {
  const choice = { shown: new Set(["metrics.a,b"]), hidden: new Set(["params.50%", "tags.*"]) };
  expect(parseChoice(formatChoice(choice))).toEqual(choice);
});

test("clicks on a header order ascending, descending, and not at all", () => {
  const first = nextSort(undefined, "metrics.a");
  const second = nextSort(first, "metrics.a");
  expect([first, second, nextSort(second, "metrics.a")].map(formatSort)).toEqual([
    "metrics.a:asc",
    "metrics.a:desc",
    "",
  ]);
  expect(parseSort("metrics.a:b:desc")).toEqual({ id: "metrics.a:b", isDescending: true });
});

test("the server is asked to order by its own spelling of the field", () => {
  expect(orderBy(parseSort("metrics.val/rmse:desc"))).toEqual(["metrics.`val/rmse` DESC"]);
  expect(orderBy(parseSort("attributes.source:asc"))).toEqual(["tags.mlflow.source.name ASC"]);
  expect(orderBy(parseSort("attributes.run_name:asc"))).toEqual(["attributes.run_name ASC"]);
  expect(orderBy(undefined)).toEqual([]);
});

test("an order that names no column is sent as it stands, for the server to refuse", () => {
  expect(orderBy(parseSort("bogus:asc"))).toEqual(["bogus ASC"]);
});

test("a summary is a column beside its metric, read and ordered by the server", () => {
  const choice = withColumn(FIRST_CHOICE, "min(metrics.val/rmse)");
  const ids = buildColumns(SAMPLE_FIELDS, choice).map(({ id }) => id);
  expect(ids.indexOf("min(metrics.val/rmse)")).toBe(ids.indexOf("metrics.val/rmse") + 1);
  expect(orderBy(parseSort("min(metrics.val/rmse):asc"))).toEqual(["min(metrics.`val/rmse`) ASC"]);
});

test("of very many columns only the first are shown before anybody chooses", () => {
  const many = Array.from({ length: 1500 }, (_, index) => fieldOf("metric", `m${index}`));
  const built = buildColumns(many, FIRST_CHOICE);
  const shown = built.filter((column) => isShown(column, FIRST_CHOICE));
  expect(built.length).toBeGreaterThan(1500);
  expect(shown.length).toBeLessThan(30);
});

test("a page of columns becomes rows, and what a run lacks is absent", () => {
  const asked = fieldsOf(buildColumns(SAMPLE_FIELDS, FIRST_CHOICE));
  const page = {
    run_ids: ["a", "b"],
    columns: {
      run_name: ["x", null],
      status: ["RUNNING", "FAILED"],
      "metrics.`val/rmse`": ["NaN", 2],
      "params.model": [null, "m"],
    },
  };
  const fields = ["run_name", "status"].map((key) => ({
    text: key,
    place: "attributes" as const,
    key,
  }));
  const [a, b] = tableRows(page, [...fields, ...asked], { experimentId: "1", isDeleted: false });
  expect([a?.name, b?.name]).toEqual(["x", "b"]);
  expect([a?.status, b?.status]).toEqual(["RUNNING", "FAILED"]);
  expect(a?.metrics.get("val/rmse")).toBeNaN();
  expect(a?.params.has("model")).toBe(false);
  expect(b?.params.get("model")).toBe("m");
});

test("columns of texts are as wide as their values", () => {
  const row = rowOf(sampleRun("a"));
  const before = columnOf("params.model").width;
  const long = { ...row, params: new Map([["model", "x".repeat(25)]]) };
  const after = widened([columnOf("params.model")], [long])[0]?.width ?? 0;
  expect(after).toBeGreaterThan(before);
});
