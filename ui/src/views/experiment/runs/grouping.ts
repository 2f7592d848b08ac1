import type { Cell, RunGroup } from "../../../wire/tables";
import { quote } from "../query/filter";
import type { Column } from "./columns";
import { fieldText } from "./columns";
import type { Sort } from "./sort";

/** What is said of the values of all runs of a group. */
export type Aggregate = "mean" | "min" | "max";

export const AGGREGATES: readonly Aggregate[] = ["mean", "min", "max"];
/** By more fields at once nobody reads the table any more. */
export const MOST_FIELDS = 3;
/** The server is asked for so many aggregates at once. */
const MOST_AGGREGATES = 40;

/** Ids of columns as they stand in the address. */
export function formatGrouping(ids: readonly string[]): string {
  return ids.map((id) => id.replaceAll("%", "%25").replaceAll(",", "%2C")).join(",");
}

export function readGrouping(text: string | null): string[] {
  const ids = (text ?? "").split(",").filter(Boolean);
  return ids.map((id) => id.replaceAll("%2C", ",").replaceAll("%25", "%")).slice(0, MOST_FIELDS);
}

export function readAggregate(text: string | null): Aggregate {
  return AGGREGATES.find((each) => each === text) ?? "mean";
}

/** The aggregates that fill the columns of numbers, by column. */
export function aggregatesOf(
  columns: readonly Column[],
  aggregate: Aggregate,
): ReadonlyMap<string, string> {
  const texts = columns.flatMap(({ id, group, key, field }): [string, string][] => {
    if (group === "metrics" && field) return [[id, `${aggregate}(${field.text})`]];
    return id === "attributes.duration" ? [[id, `${aggregate}(${key})`]] : [];
  });
  return new Map(texts.slice(0, MOST_AGGREGATES));
}

/** What names a group for as long as the page is open. */
export function groupId({ by }: RunGroup): string {
  return JSON.stringify(by);
}

/** The values by which a group was put together, in the order of the grouping. */
export function groupValues(group: RunGroup, grouping: readonly string[]): Cell[] {
  return grouping.map((id) => group.by[fieldText(id)] ?? null);
}

/** A filter that only the runs of a group pass, on top of the one in force. */
export function groupFilter(filter: string, group: RunGroup, grouping: readonly string[]): string {
  const own = grouping.map((id) => {
    const field = fieldText(id);
    return condition(field, group.by[field] ?? null);
  });
  return [...(filter ? [enclosed(filter)] : []), ...own].join(" AND ");
}

function condition(field: string, value: Cell): string {
  if (value === null) return `${field} IS NULL`;
  if (typeof value === "number") return `${field} = ${value}`;
  // With both kinds of quotes it cannot be written; `_` stands for the one that has to go.
  const isBoth = value.includes("'") && value.includes('"');
  return `${field} ${isBoth ? "LIKE" : "="} ${quote(value)}`;
}

/** Parentheses only where they change something, so that simple filters stay MLflow's. */
function enclosed(filter: string): string {
  return /\bor\b/i.test(filter) ? `(${filter})` : filter;
}

/** Groups by the column that the table is sorted by, else by how many runs they have. */
export function sortGroups(
  groups: readonly RunGroup[],
  sort: Sort | undefined,
  aggregates: ReadonlyMap<string, string>,
): RunGroup[] {
  const field = sort ? fieldText(sort.id) : "";
  const aggregate = sort ? aggregates.get(sort.id) : undefined;
  if (!sort || (!aggregate && !groups.some(({ by }) => field in by))) {
    return groups.toSorted((a, b) => b.count - a.count);
  }
  const valueIn = ({ by, aggregates: given }: RunGroup) =>
    (aggregate ? given[aggregate] : by[field]) ?? null;
  const sign = sort.isDescending ? -1 : 1;
  return groups.toSorted((a, b) => compare(valueIn(a), valueIn(b), sign));
}

/** Groups without a value come last, whichever the direction. */
function compare(one: Cell, other: Cell, sign: 1 | -1): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  if (typeof one === "number" && typeof other === "number") return sign * (one - other);
  return sign * collator.compare(String(one), String(other));
}

const collator = new Intl.Collator("en", { numeric: true });
