import { paths } from "../../../routing/paths";
import type { DatasetInput } from "../../../wire/types";

/** What can be said about a dataset from the JSON texts that clients store with it. */
export type DatasetFacts = {
  context: string | undefined;
  /** Where the data came from, as an address where the source names one. */
  source: string | undefined;
  rows: number | undefined;
  columns: { name: string; type: string }[];
};

/** Read a dataset's texts; what is missing or in another form is left out. */
export function datasetFacts({ dataset, tags }: DatasetInput): DatasetFacts {
  const profile = parseObject(dataset.profile);
  const rows = profile?.num_rows;
  return {
    context: tags?.find(({ key }) => key === "mlflow.data.context")?.value,
    source: sourceOf(dataset.source),
    rows: typeof rows === "number" ? rows : undefined,
    columns: columnsOf(dataset.schema),
  };
}

/** Our page of a version, from its URI `datasets:/name/3`; undefined for other sources. */
export function pageOfDataset(uri: string): string | undefined {
  const match = /^datasets:\/([^/]+)\/(\d+)$/.exec(uri);
  if (!match?.[1]) return undefined;
  return paths.dataset(safeDecode(match[1]), { version: match[2] });
}

function safeDecode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function sourceOf(text: string | undefined): string | undefined {
  const parsed = parseObject(text);
  for (const key of ["uri", "url", "path", "table_name"]) {
    const value = parsed?.[key];
    if (typeof value === "string" && value !== "") return value;
  }
  return parsed ? undefined : text || undefined;
}

function columnsOf(text: string | undefined): DatasetFacts["columns"] {
  const listed = parseObject(text)?.mlflow_colspec;
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((column: unknown) => {
    if (typeof column !== "object" || column === null || !("name" in column)) return [];
    const type = "type" in column ? String(column.type) : "";
    return [{ name: String(column.name), type }];
  });
}

function parseObject(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text ?? "");
    return typeof parsed === "object" && parsed !== null
      ? (parsed as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
