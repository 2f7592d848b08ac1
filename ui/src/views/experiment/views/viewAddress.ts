import type { SavedView, ViewQuery } from "../../../wire/views";
import { toFilter } from "../query/filter";
import { orderBy, parseSort } from "../runs/sort";
import { STATE_KEYS } from "../runs/useRunsState";

/** What of an address a view keeps: the table's questions and the charts' settings. */
const KEPT = [...STATE_KEYS, "x", "smooth", "log", "find", "show"] as const;

/** The address without what belongs to this visit alone. */
export function addressOf(query: URLSearchParams): string {
  const kept = new URLSearchParams();
  for (const key of KEPT) {
    const value = query.get(key);
    if (value) kept.set(key, value);
  }
  return kept.toString();
}

/** What is saved of an address, in words that scripts understand as well. */
export function viewQuery(query: URLSearchParams): ViewQuery {
  return {
    filter: toFilter(query.get("filter") ?? ""),
    order_by: orderBy(parseSort(query.get("sort"))),
    address: addressOf(query),
  };
}

/** The changes to the address that show a view: what it does not say is taken away. */
export function shownBy(view: SavedView): Record<string, string | undefined> {
  const address = new URLSearchParams(savedAddress(view));
  const changes: Record<string, string | undefined> = { view: view.view_id };
  for (const key of KEPT) changes[key] = address.get(key) ?? undefined;
  return changes;
}

/** Whether the page shows something else than the view that it was opened with. */
export function isChanged(view: SavedView, query: URLSearchParams): boolean {
  return addressOf(query) !== addressOf(new URLSearchParams(savedAddress(view)));
}

/** Views that a script saved may have a filter only. */
function savedAddress({ query }: SavedView): string {
  if (query.address !== undefined) return query.address;
  return query.filter ? new URLSearchParams({ filter: query.filter }).toString() : "";
}
