import { OURS, postOurs, queryString } from "./client";
import type { Tag } from "./types";

/** What is kept of one column; numbers and times have quantiles, texts their top values. */
export type ColumnProfile = {
  name: string;
  type: string;
  kind: "number" | "time" | "category" | "other";
  missing: number;
  infinite?: number;
  min?: number;
  max?: number;
  mean?: number | null;
  std?: number | null;
  quantiles?: (number | null)[];
  histogram?: number[];
  distinct?: number;
  top?: [string, number][];
  others?: number;
};

export type DatasetVersion = {
  name: string;
  version: number;
  content: string;
  digest: string;
  uri: string;
  format: string;
  file_name: string;
  size_bytes: number;
  new_bytes: number;
  created_ms: number;
  origin: string;
  rows: number | null;
  columns: number | null;
  /** Listings leave it out. */
  profile: { rows: number; columns: ColumnProfile[] } | string | null;
  description: string | null;
  run_id: string | null;
  user_id: string;
  tags: Tag[];
};

export type NamedDataset = {
  name: string;
  description: string | null;
  created_ms: number;
  versions: number;
  latest: DatasetVersion | null;
};

/** How far one column has moved; pairs are before and after. */
export type ColumnDrift = {
  name: string;
  kind: ColumnProfile["kind"];
  missing_share: [number, number];
  psi: number | null;
  ks: number | null;
  mean?: [number | null, number | null];
  std?: [number | null, number | null];
  distance?: number | null;
  distinct?: [number, number];
  appeared?: string[];
  vanished?: string[];
  verdict: "stable" | "moderate" | "large" | "unknown";
};

export type DatasetDiff = {
  a: string;
  b: string;
  is_same: boolean;
  size_bytes: [number, number];
  shared_bytes: number;
  rows: [number, number];
  added: string[];
  removed: string[];
  retyped: { name: string; from: string; to: string }[];
  columns: ColumnDrift[];
};

export type DatasetReader = {
  run_id: string;
  run_name: string;
  experiment_id: string;
  status: string;
  start_time: number | null;
  version: number;
  context: string | null;
  is_active: boolean;
  models: string[];
};

export type DatasetLineage = { made_by: string | null; read_by: DatasetReader[] };
export type DatasetRows = { columns: string[]; rows: unknown[][]; total: number | null };
export type DatasetsPage = { datasets: NamedDataset[]; next_page_token?: string | null };
export type VersionsPage = { versions: DatasetVersion[]; next_page_token?: string | null };

type Signal = AbortSignal | undefined;

export function searchDatasets(contains: string, page_token: string, signal: Signal) {
  const asked = { contains, max_results: 100, ...(page_token ? { page_token } : {}) };
  return postOurs<DatasetsPage>("datasets/search", asked, signal);
}

export function listVersions(name: string, page_token: string, signal: Signal) {
  const asked = { name, max_results: 200, ...(page_token ? { page_token } : {}) };
  return postOurs<VersionsPage>("datasets/versions", asked, signal);
}

/** A version with its profile; the newest for none. */
export async function readVersion(name: string, version: number | undefined, signal: Signal) {
  const asked = { name, ...(version === undefined ? {} : { version }) };
  return (await postOurs<{ version: DatasetVersion }>("datasets/version", asked, signal)).version;
}

export function readRows(name: string, version: number, start: number, signal: Signal) {
  const asked = { name, version, start, limit: ROWS_PAGE };
  return postOurs<DatasetRows>("datasets/rows", asked, signal);
}

/** Rows in one answer. */
export const ROWS_PAGE = 100;

export function readDiff(name: string, a: number, b: number, signal: Signal) {
  const spell = (version: number) => `datasets:/${name}/${version}`;
  return postOurs<DatasetDiff>("datasets/diff", { a: spell(a), b: spell(b) }, signal);
}

export function readLineage(name: string, version: number, signal: Signal) {
  return postOurs<DatasetLineage>("datasets/lineage", { name, version }, signal);
}

/** Where the file of a version is downloaded. */
export function datasetUrl(name: string, version: number): string {
  return `${OURS}datasets/download${queryString({ name, version })}`;
}
