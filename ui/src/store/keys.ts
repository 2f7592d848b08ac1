/** The cache's keys, in one place so that what is written can be found and refreshed. */
export const keys = {
  experiments: ["experiments"] as const,
  experiment: (id: string) => ["experiment", id] as const,
  runs: (experimentId: string) => ["runs", experimentId] as const,
  runTables: (experimentId: string) => ["runs", experimentId, "table"] as const,
  runCounts: (experimentId: string) => ["runs", experimentId, "count"] as const,
  runGroups: (experimentId: string) => ["runs", experimentId, "groups"] as const,
  fields: (experimentId: string) => ["fields", experimentId] as const,
  views: (experimentId: string) => ["views", experimentId] as const,
  run: (runId: string) => ["run", runId] as const,
  artifacts: (runId: string, path: string) => ["run", runId, "artifacts", path] as const,
};
