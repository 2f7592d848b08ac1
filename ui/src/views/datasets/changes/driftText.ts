import { formatNumber } from "../../../format/numbers";
import type { ColumnDrift } from "../../../wire/datasets";
import { percent } from "../columns/profilePlots";

/** What changed in a column, in a line; empty where nothing did. */
export function driftText(column: ColumnDrift): string {
  const { mean, missing_share, distinct, appeared = [], vanished = [], ks } = column;
  const parts: string[] = [];
  if (mean && mean[0] !== null && mean[1] !== null && mean[0] !== mean[1]) {
    if (column.kind === "number") {
      parts.push(`mean ${formatNumber(mean[0])} → ${formatNumber(mean[1])}`);
    }
  }
  if (distinct && distinct[0] !== distinct[1]) {
    parts.push(`${distinct[0]} → ${distinct[1]} different`);
  }
  if (appeared.length > 0) parts.push(`new: ${some(appeared)}`);
  if (vanished.length > 0) parts.push(`gone: ${some(vanished)}`);
  if (missing_share[0] !== missing_share[1]) {
    parts.push(`missing ${percent(missing_share[0])} → ${percent(missing_share[1])}`);
  }
  if (ks !== null && ks > 0) parts.push(`KS ${ks.toFixed(3)}`);
  return parts.join(", ");
}

function some(names: readonly string[]): string {
  const listed = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${listed} and ${names.length - 3} more` : listed;
}
