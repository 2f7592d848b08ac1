import { readNumber, readTime } from "../wire/numbers";
import type { Cell, TablePage } from "../wire/tables";
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
  /** Other figures of metrics, such as `min(metrics.loss)`, by the column that shows them. */
  summaries: ReadonlyMap<string, number>;
  /** Metrics that are curves, as far as is known. */
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
    summaries: new Map(),
    // A latest step of 0 nearly always means that the metric was logged once.
    stepped: (data?.metrics ?? []).flatMap(({ key, step }) => (Number(step) === 0 ? [] : key)),
    params: new Map((data?.params ?? []).map(({ key, value }) => [key, value])),
    tags: new Map((data?.tags ?? []).map(({ key, value }) => [key, value])),
    datasets: (inputs?.dataset_inputs ?? [])
      .map(({ dataset }) => `${dataset.name} (${dataset.digest})`)
      .join(", "),
  };
}

/** One column that was asked for, and where in a row its values belong. */
export type TableField = {
  /** As the server knows it. */
  text: string;
  place: "attributes" | "metrics" | "params" | "tags" | "summaries" | "counts";
  key: string;
};

/** What every row needs, whatever is shown. */
export const ROW_FIELDS: readonly TableField[] = [
  ...["run_name", "status", "start_time", "end_time"].map(
    (key): TableField => ({ text: key, place: "attributes", key }),
  ),
  { text: "tags.mlflow.parentRunId", place: "tags", key: "mlflow.parentRunId" },
];

/** The rows of a page of the table; what was not asked for is absent from them. */
export function tableRows(
  page: TablePage,
  fields: readonly TableField[],
  about: { experimentId: string; isDeleted: boolean },
): RunRow[] {
  const given = fields.flatMap((field) => {
    const values = page.columns[field.text];
    return values ? [{ ...field, values }] : [];
  });
  return page.run_ids.map((id, index) => {
    const parts = {
      attributes: new Map<string, Cell>(),
      metrics: new Map<string, number>(),
      params: new Map<string, string>(),
      tags: new Map<string, string>(),
      summaries: new Map<string, number>(),
    };
    const stepped: string[] = [];
    for (const { place, key, values } of given) {
      const value = values[index] ?? null;
      if (value === null) continue;
      if (place === "counts") {
        if (Number(value) > 1) stepped.push(key);
      } else if (place === "metrics" || place === "summaries") {
        parts[place].set(key, readNumber(value));
      } else if (place === "attributes") parts.attributes.set(key, value);
      else parts[place].set(key, String(value));
    }
    const { attributes, ...rest } = parts;
    const text = (key: string) => String(attributes.get(key) ?? "");
    return {
      id,
      ...about,
      name: text("run_name") || id,
      status: (attributes.get("status") as RunStatus | undefined) ?? "FINISHED",
      user: text("user_id"),
      startMs: readTime(attributes.get("start_time") ?? undefined),
      endMs: readTime(attributes.get("end_time") ?? undefined),
      artifactUri: text("artifact_uri"),
      ...rest,
      stepped,
      datasets: "",
    };
  });
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
