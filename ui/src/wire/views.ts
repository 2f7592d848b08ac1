import { postOurs } from "./client";

/** What a saved view shows; the address of the page has the same words. */
export type ViewQuery = {
  filter?: string;
  order_by?: string[];
  /** The part of the address after the question mark, for pages of this version and later. */
  address?: string;
  [other: string]: unknown;
};

/** A way to look at runs that has a name, shared by everyone who uses the store. */
export type SavedView = {
  view_id: string;
  name: string;
  experiment_ids: string[];
  query: ViewQuery;
  owner: string;
  created_ms: number;
  updated_ms: number;
};

type ViewsPage = { views: SavedView[]; next_page_token?: string };

const MOST = 1000;

/** The views of an experiment, and those that are for all. */
export async function searchViews(
  experimentId: string,
  signal?: AbortSignal,
): Promise<SavedView[]> {
  const body = { experiment_ids: [experimentId], max_results: MOST };
  return (await postOurs<ViewsPage>("views/search", body, signal)).views;
}

export async function createView(
  view: Pick<SavedView, "name" | "experiment_ids" | "query">,
): Promise<SavedView> {
  return (await postOurs<{ view: SavedView }>("views/create", view)).view;
}

/** Change what is given. */
export async function updateView(
  viewId: string,
  changes: Partial<Pick<SavedView, "name" | "query">>,
): Promise<SavedView> {
  const body = { view_id: viewId, ...changes };
  return (await postOurs<{ view: SavedView }>("views/update", body)).view;
}

export async function deleteView(viewId: string): Promise<void> {
  await postOurs("views/delete", { view_id: viewId });
}
