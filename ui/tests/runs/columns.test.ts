import { expect, test } from "vitest";
import { rowOf } from "../../src/store/rows";
import {
  buildColumns,
  chooseColumn,
  chooseGroup,
  FIRST_CHOICE,
  formatChoice,
  formatSort,
  isShown,
  nextSort,
  orderBy,
  parseChoice,
  parseSort,
} from "../../src/views/experiment/runs/columns";
import { sampleRun } from "./sampleRun";

const columns = buildColumns([rowOf(sampleRun("a"))]);
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
