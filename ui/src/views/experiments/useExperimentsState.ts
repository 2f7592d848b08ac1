import { changeQuery, useLocation } from "../../routing/useLocation";

export type SortField = "name" | "creation_time" | "last_update_time";
export type ExperimentSort = { field: SortField; isDescending: boolean };

export type ExperimentsState = {
  needle: string;
  isDeleted: boolean;
  sort: ExperimentSort;
};

const FIRST: ExperimentSort = { field: "last_update_time", isDescending: true };

/** What the list shows, read from the address and written to it. */
export function useExperimentsState(): [
  ExperimentsState,
  (changes: Partial<ExperimentsState>) => void,
] {
  const { query } = useLocation();
  const state: ExperimentsState = {
    needle: query.get("find") ?? "",
    isDeleted: query.get("state") === "deleted",
    sort: parseExperimentSort(query.get("sort")),
  };
  const change = ({ needle, isDeleted, sort }: Partial<ExperimentsState>) =>
    changeQuery({
      ...(needle === undefined ? {} : { find: needle }),
      ...(isDeleted === undefined ? {} : { state: isDeleted ? "deleted" : "" }),
      ...(sort === undefined ? {} : { sort: formatExperimentSort(sort) }),
    });
  return [state, change];
}

export function parseExperimentSort(text: string | null): ExperimentSort {
  const match = /^(name|creation_time|last_update_time):(asc|desc)$/.exec(text ?? "");
  return match ? { field: match[1] as SortField, isDescending: match[2] === "desc" } : FIRST;
}

export function formatExperimentSort({ field, isDescending }: ExperimentSort): string {
  return `${field}:${isDescending ? "desc" : "asc"}`;
}
