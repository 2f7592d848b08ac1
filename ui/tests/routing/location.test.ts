import { expect, test } from "vitest";
import { formatHash, matchPath, parseHash } from "../../src/routing/location";
import { paths } from "../../src/routing/paths";
import { routeOf } from "../../src/routing/route";

test("a hash is read as a path and a query, and written back the same", () => {
  const { path, query } = parseHash("#/experiments/1?filter=metrics.a+%3C+1&sort=x");
  expect(path).toBe("/experiments/1");
  expect(query.get("filter")).toBe("metrics.a < 1");
  expect(formatHash(path, query)).toBe("#/experiments/1?filter=metrics.a+%3C+1&sort=x");
});

test("an empty hash is the start page", () => {
  expect(parseHash("").path).toBe("/");
  expect(routeOf("/")).toEqual({ page: "experiments" });
});

test("the links that MLflow's client prints lead to the run and the experiment", () => {
  expect(routeOf("/experiments/7/runs/abc")).toEqual({
    page: "run",
    experimentId: "7",
    runId: "abc",
    tab: undefined,
  });
  expect(routeOf("/experiments/7")).toMatchObject({ page: "experiment", experimentId: "7" });
  expect(routeOf("/experiments/7/runs")).toMatchObject({ page: "experiment", tab: "runs" });
});

test("a run's tab may hold a path of its own", () => {
  expect(routeOf("/experiments/7/runs/abc/artifacts/model/MLmodel")).toMatchObject({
    tab: "artifacts/model/MLmodel",
  });
});

test("any other address is a missing page", () => {
  expect(routeOf("/experiments/7/traces").page).toBe("missing");
  expect(routeOf("/nonsense").page).toBe("missing");
});

test("names are encoded in addresses and decoded from them", () => {
  expect(paths.run("1", "a/b", "charts")).toBe("#/experiments/1/runs/a%2Fb/charts");
  expect(matchPath("/x/:name", "/x/a%2Fb")).toEqual({ name: "a/b" });
  expect(matchPath("/x/:name", "/x/100%")).toEqual({ name: "100%" });
});
