import type { ChartSpec, Field } from "../charts/chartSpec";

/** One chart that somebody made; an empty title means the one that it has by itself. */
export type KeptChart = { id: string; title: string; spec: ChartSpec };

export type KeptCharts = {
  charts: KeptChart[];
  /** Entries of kinds that this page does not know; they are kept as they stand. */
  unknown: unknown[];
  /** The text could not be read at all. */
  isBroken: boolean;
};

/** Read the text of the tag; nothing in it can make this fail. */
export function readCharts(text: string | undefined): KeptCharts {
  if (!text) return { charts: [], unknown: [], isBroken: false };
  const entries = entriesOf(text);
  if (!entries) return { charts: [], unknown: [], isBroken: true };
  const kept: KeptCharts = { charts: [], unknown: [], isBroken: false };
  const ids = new Set<string>();
  for (const entry of entries) {
    const chart = readChart(entry);
    if (!chart || ids.has(chart.id)) {
      kept.unknown.push(entry);
      continue;
    }
    ids.add(chart.id);
    kept.charts.push(chart);
  }
  return kept;
}

/** The text of the tag, which `readCharts` reads back. */
export function writeCharts({ charts, unknown }: KeptCharts): string {
  const entries = charts.map(({ id, title, spec }) => ({ id, title, ...spec }));
  return JSON.stringify({ version: 1, charts: [...entries, ...unknown] });
}

function entriesOf(text: string): unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) && Array.isArray(parsed.charts) ? parsed.charts : undefined;
  } catch {
    return undefined;
  }
}

function readChart(entry: unknown): KeptChart | undefined {
  if (!isRecord(entry) || typeof entry.id !== "string" || entry.id === "") return undefined;
  const spec = readSpec(entry);
  const title = typeof entry.title === "string" ? entry.title : "";
  return spec && { id: entry.id, title, spec };
}

function readSpec(entry: Record<string, unknown>): ChartSpec | undefined {
  const { kind, metrics, metric, x, y } = entry;
  if (kind === "line" && Array.isArray(metrics) && metrics.length > 0) {
    return metrics.every((key) => typeof key === "string") ? { kind, metrics } : undefined;
  }
  if (kind === "bar" && typeof metric === "string") return { kind, metric };
  if (kind === "scatter" && isField(x) && typeof y === "string") {
    const { group, key } = x;
    const [isLogX, isLogY] = [entry.isLogX === true, entry.isLogY === true];
    return { kind, x: { group, key }, y, isLogX, isLogY };
  }
  return undefined;
}

function isField(value: unknown): value is Field {
  return (
    isRecord(value) &&
    (value.group === "metrics" || value.group === "params") &&
    typeof value.key === "string"
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
