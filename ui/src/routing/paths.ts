import { formatHash } from "./location";

type Params = Record<string, string | undefined>;

/** The addresses of our pages. MLflow's client prints the run's; keep it working. */
export const paths = {
  home: () => formatHash("/"),
  experiments: (query: Params = {}) => formatHash("/experiments", query),
  experiment: (id: string, tab?: string, query: Params = {}) =>
    formatHash(`/experiments/${encodeURIComponent(id)}${tab ? `/${tab}` : ""}`, query),
  /** Ids are hexadecimal, so commas part them. */
  compare: (runIds: readonly string[]) => formatHash("/compare", { runs: runIds.join(",") }),
  datasets: () => formatHash("/datasets"),
  dataset: (name: string, query: Params = {}) =>
    formatHash(`/datasets/${encodeURIComponent(name)}`, query),
  run: (experimentId: string, runId: string, tab?: string, query: Params = {}) =>
    formatHash(
      `/experiments/${encodeURIComponent(experimentId)}/runs/${encodeURIComponent(runId)}${
        tab ? `/${tab}` : ""
      }`,
      query,
    ),
};
