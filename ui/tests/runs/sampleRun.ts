import type { KnownField } from "../../src/wire/fields";
import type { Run } from "../../src/wire/types";

/** A finished run with some values of every kind. */
export function sampleRun(id: string, changes: Partial<Run["info"]> = {}): Run {
  return {
    info: {
      run_id: id,
      run_name: `name-${id}`,
      experiment_id: "1",
      status: "FINISHED",
      start_time: 1_700_000_000_000,
      end_time: 1_700_000_004_200,
      lifecycle_stage: "active",
      ...changes,
    },
    data: {
      metrics: [
        { key: "val/rmse", value: 0.1234567890123, timestamp: 1, step: 0 },
        { key: "system/cpu", value: "NaN", timestamp: 1, step: 0 },
      ],
      params: [{ key: "model", value: 'a "b", c' }],
      tags: [
        { key: "mlflow.user", value: "ana" },
        { key: "team", value: "=1+1" },
      ],
    },
  };
}

/** The fields that the sample run has, as the server lists them. */
export const SAMPLE_FIELDS: KnownField[] = [
  fieldOf("metric", "val/rmse"),
  fieldOf("metric", "system/cpu"),
  fieldOf("param", "model"),
  fieldOf("tag", "mlflow.user"),
  fieldOf("tag", "team"),
];

export function fieldOf(kind: KnownField["kind"], key: string): KnownField {
  const type = kind === "metric" ? "number" : "text";
  return { field: `${kind}s.${key}`, kind, key, type, count: 1 };
}
