/** The cache's keys, in one place so that what is written can be found and refreshed. */
export const keys = {
  experiments: ["experiments"] as const,
  experiment: (id: string) => ["experiment", id] as const,
  runs: (experimentId: string) => ["runs", experimentId] as const,
  run: (runId: string) => ["run", runId] as const,
  artifacts: (runId: string, path: string) => ["run", runId, "artifacts", path] as const,
};
