import type { Field } from "../../../charts/chartSpec";
import type { KeptChart } from "../../../store/chartsTag";
import type { TableField } from "../../../store/rows";
import type { KnownField } from "../../../wire/fields";
import { quoteKey } from "../query/filter";

/** Of so many metrics it is asked beforehand whether they are curves; of others when drawn. */
const MOST_ASKED = 150;

/** What the charts of an experiment read of each run: whether a metric is a curve, its value. */
export function chartFields(
  fields: readonly KnownField[],
  kept: readonly KeptChart[],
): TableField[] {
  const asked = askedMetrics(fields).flatMap((key): TableField[] => [
    tableField({ group: "metrics", key }),
    { text: `count(metrics.${quoteKey(key)})`, place: "counts", key },
  ]);
  return [...asked, ...kept.flatMap(fieldsOfChart).map(tableField)];
}

/** The metrics of which the rows say whether they are curves. */
export function askedMetrics(fields: readonly KnownField[]): string[] {
  return fields
    .filter(({ kind, key }) => kind === "metric" && !key.startsWith("system/"))
    .slice(0, MOST_ASKED)
    .map(({ key }) => key);
}

function tableField({ group, key }: Field): TableField {
  return { text: `${group}.${quoteKey(key)}`, place: group, key };
}

function fieldsOfChart({ spec }: KeptChart): Field[] {
  if (spec.kind === "scatter") return [spec.x, { group: "metrics", key: spec.y }];
  const metrics = spec.kind === "line" ? spec.metrics : [spec.metric];
  return metrics.map((key) => ({ group: "metrics", key }));
}
