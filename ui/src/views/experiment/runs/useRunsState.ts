import { useMemo } from "react";
import { changeQuery, useLocation } from "../../../routing/useLocation";
import { isString, recall, remember } from "../../../store/remembered";
import { type Choice, formatChoice, parseChoice } from "./choice";
import { type Aggregate, formatGrouping, readAggregate, readGrouping } from "./grouping";
import { formatSort, parseSort, type Sort } from "./sort";

export type RunsState = {
  /** As typed: a filter, or plain words. */
  query: string;
  sort: Sort | undefined;
  isDeleted: boolean;
  choice: Choice;
  /** Ids of the columns by whose values runs are put together; empty for single runs. */
  grouping: readonly string[];
  /** What is said of the runs of a group. */
  aggregate: Aggregate;
};

/** The part of an address that says what the table and the charts show. */
export const STATE_KEYS = ["filter", "sort", "state", "columns", "group", "agg"] as const;

/**
 * What the table shows, read from the address and written to it.
 *
 * The choice of columns is also remembered per experiment, for addresses that say nothing.
 */
export function useRunsState(
  experimentId: string,
): [RunsState, (changes: Partial<RunsState>) => void] {
  const { query } = useLocation();
  const columns = query.get("columns");
  const group = query.get("group");
  const key = `columns.${experimentId}`;
  const choice = useMemo(() => parseChoice(columns ?? recall(key, isString, "")), [columns, key]);
  const grouping = useMemo(() => readGrouping(group), [group]);
  const state: RunsState = {
    query: query.get("filter") ?? "",
    sort: parseSort(query.get("sort")),
    isDeleted: query.get("state") === "deleted",
    choice,
    grouping,
    aggregate: readAggregate(query.get("agg")),
  };
  const change = (changes: Partial<RunsState>) => {
    if (changes.choice) remember(key, formatChoice(changes.choice));
    changeQuery(asQuery(changes));
  };
  return [state, change];
}

function asQuery(changes: Partial<RunsState>): Record<string, string | undefined> {
  const query: Record<string, string | undefined> = {};
  if (changes.query !== undefined) query.filter = changes.query.trim();
  if ("sort" in changes) query.sort = formatSort(changes.sort);
  if (changes.isDeleted !== undefined) query.state = changes.isDeleted ? "deleted" : "";
  if (changes.choice) query.columns = formatChoice(changes.choice);
  if (changes.grouping) query.group = formatGrouping(changes.grouping);
  if (changes.aggregate) query.agg = changes.aggregate === "mean" ? "" : changes.aggregate;
  return query;
}
