import { postOurs } from "./client";
import type { ViewType } from "./types";

/** A value of a run: NaN and the infinities arrive as words, and null is none. */
export type Cell = number | string | null;

/** Which runs are asked about. */
export type RunSelection = {
  experiment_ids: string[];
  filter: string;
  run_view_type: ViewType;
};

export type TableRequest = RunSelection & {
  order_by: string[];
  columns: string[];
  max_results: number;
  page_token: string;
};

/** Runs as columns: the n-th value of each belongs to the n-th run. */
export type TablePage = {
  run_ids: string[];
  columns: Record<string, Cell[]>;
  next_page_token?: string;
};

export type GroupsRequest = RunSelection & {
  by: string[];
  aggregates: string[];
  max_results: number;
  page_token: string;
};

/** Runs that have the same values. */
export type RunGroup = {
  by: Record<string, Cell>;
  count: number;
  aggregates: Record<string, Cell>;
};

export type GroupsPage = { groups: RunGroup[]; next_page_token?: string };

/** One page of runs in the columns that are asked for and no others. */
export function readTable(asked: TableRequest, signal?: AbortSignal): Promise<TablePage> {
  return postOurs<TablePage>("runs/table", asked, signal);
}

/** How many runs there are. */
export async function countRuns(asked: RunSelection, signal?: AbortSignal): Promise<number> {
  return (await postOurs<{ count: number }>("runs/count", asked, signal)).count;
}

export function readGroups(asked: GroupsRequest, signal?: AbortSignal): Promise<GroupsPage> {
  return postOurs<GroupsPage>("runs/groups", asked, signal);
}
