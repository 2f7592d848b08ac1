import { expect, test } from "vitest";
import { routeOf } from "../../src/routing/route";
import { readDirections, readRunIds, writeDirections } from "../../src/views/compare/compareQuery";

test("runs are read from our addresses and from MLflow's, each once", () => {
  expect(readRunIds("a,b,,a")).toEqual(["a", "b"]);
  expect(readRunIds('["a","b"]')).toEqual(["a", "b"]);
  expect(readRunIds('["a",3')).toEqual([]);
  expect(readRunIds(null)).toEqual([]);
});

test("both addresses lead to the page", () => {
  expect(routeOf("/compare")).toEqual({ page: "compare" });
  expect(routeOf("/compare-runs")).toEqual({ page: "compare" });
});

test("what was said about metrics survives the way through the address", () => {
  const said = new Map([
    ["val/a,b%", "high"],
    ["rmse", "low"],
    ["x", "none"],
  ] as const);
  expect(readDirections(writeDirections(said))).toEqual(said);
  expect(readDirections(null).size).toBe(0);
});
