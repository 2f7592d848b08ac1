import { fieldText } from "./columns";

/** By which column the server orders, and which way. */
export type Sort = { id: string; isDescending: boolean };

/** `metrics.rmse:desc` in the address. */
export function formatSort(sort: Sort | undefined): string {
  return sort ? `${sort.id}:${sort.isDescending ? "desc" : "asc"}` : "";
}

export function parseSort(text: string | null): Sort | undefined {
  const match = /^(.+):(asc|desc)$/s.exec(text ?? "");
  return match?.[1] ? { id: match[1], isDescending: match[2] === "desc" } : undefined;
}

/** Ascending, descending, none: what the next click on a header asks for. */
export function nextSort(sort: Sort | undefined, id: string): Sort | undefined {
  if (sort?.id !== id) return { id, isDescending: false };
  return sort.isDescending ? undefined : { id, isDescending: true };
}

/** The sort as the server's `order_by`; empty where it orders by itself. */
export function orderBy(sort: Sort | undefined): string[] {
  return sort ? [`${fieldText(sort.id)} ${sort.isDescending ? "DESC" : "ASC"}`] : [];
}
