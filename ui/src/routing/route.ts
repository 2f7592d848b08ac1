import { matchPath } from "./location";

/** Which page an address names, with what it says about it. */
export type Route =
  | { page: "experiments" }
  | { page: "experiment"; experimentId: string; tab: string | undefined }
  | { page: "run"; experimentId: string; runId: string; tab: string | undefined }
  | { page: "compare" }
  | { page: "datasets" }
  | { page: "dataset"; name: string }
  | { page: "missing"; path: string };

const EXPERIMENT_TABS = new Set([undefined, "runs", "charts", "notes"]);

/** The page of a path. MLflow's `/experiments/1/runs` is the table of runs as well. */
export function routeOf(path: string): Route {
  if (matchPath("/", path) || matchPath("/experiments", path)) return { page: "experiments" };
  if (matchPath("/compare", path) || matchPath("/compare-runs", path)) return { page: "compare" };
  if (matchPath("/datasets", path)) return { page: "datasets" };
  const dataset = matchPath("/datasets/:name", path);
  if (dataset?.name) return { page: "dataset", name: dataset.name };
  const run = matchPath("/experiments/:id/runs/:runId/:tab*", path);
  if (run?.id && run.runId) {
    return { page: "run", experimentId: run.id, runId: run.runId, tab: run.tab || undefined };
  }
  const experiment = matchPath("/experiments/:id/:tab?", path);
  if (experiment?.id && EXPERIMENT_TABS.has(experiment.tab)) {
    return { page: "experiment", experimentId: experiment.id, tab: experiment.tab };
  }
  return { page: "missing", path };
}
