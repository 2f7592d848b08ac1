import { quote } from "../experiment/query/filter";

/** The filter that finds experiments whose name contains a text; "" for all. */
export function nameFilter(needle: string): string {
  const wanted = needle.trim();
  return wanted ? `name ILIKE ${quote(`%${wanted}%`)}` : "";
}
