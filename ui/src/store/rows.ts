import { readNumber, readTime } from "../wire/numbers";
import type { Run, RunStatus } from "../wire/types";

/** A run as the table reads it: looked up by key, times and numbers already read. */
export type RunRow = {
  id: string;
  experimentId: string;
  name: string;
  status: RunStatus;
  isDeleted: boolean;
  user: string;
  startMs: number | undefined;
  endMs: number | undefined;
  artifactUri: string;
  metrics: ReadonlyMap<string, number>;
  /** Metrics whose latest value is not at step 0: those that are curves. */
  stepped: readonly string[];
  params: ReadonlyMap<string, string>;
  tags: ReadonlyMap<string, string>;
  datasets: string;
};

const known = new WeakMap<Run, RunRow>();

/** The row of a run; the same object as long as the cache holds the same run. */
export function rowOf(run: Run): RunRow {
  const found = known.get(run);
  if (found) return found;
  const row = readRow(run);
  known.set(run, row);
  return row;
}

function readRow({ info, data, inputs }: Run): RunRow {
  return {
    id: info.run_id,
    experimentId: info.experiment_id,
    name: info.run_name || info.run_id,
    status: info.status,
    isDeleted: info.lifecycle_stage === "deleted",
    user: info.user_id ?? "",
    startMs: readTime(info.start_time),
    endMs: readTime(info.end_time),
    artifactUri: info.artifact_uri ?? "",
    metrics: new Map((data?.metrics ?? []).map(({ key, value }) => [key, readNumber(value)])),
    stepped: (data?.metrics ?? []).flatMap(({ key, step }) => (Number(step) === 0 ? [] : key)),
    params: new Map((data?.params ?? []).map(({ key, value }) => [key, value])),
    tags: new Map((data?.tags ?? []).map(({ key, value }) => [key, value])),
    datasets: (inputs?.dataset_inputs ?? [])
      .map(({ dataset }) => `${dataset.name} (${dataset.digest})`)
      .join(", "),
  };
}

/** All keys that occur in these rows, sorted; numbers inside keys sort as numbers. */
export function keysOf(rows: readonly RunRow[], kind: "metrics" | "params" | "tags"): string[] {
  const keys = new Set<string>();
  for (const row of rows) for (const key of row[kind].keys()) keys.add(key);
  return [...keys].sort(collator.compare);
}

/** Distinct values of a param or tag in these rows, the most frequent first. */
export function valuesOf(rows: readonly RunRow[], kind: "params" | "tags", key: string): string[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = row[kind].get(key);
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
}

const collator = new Intl.Collator("en", { numeric: true });
