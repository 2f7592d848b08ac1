import { useMemo, useState } from "react";
import { tableRows } from "../../../store/rows";
import { useGroupedRuns, useGroups } from "../../../store/useGroups";
import type { FoundRuns } from "../useFoundRuns";
import { fieldText } from "./columns";
import { aggregatesOf, groupFilter, groupId, sortGroups } from "./grouping";
import type { TableLine } from "./lines";

const NONE: ReadonlySet<string> = new Set();

/** The lines of a grouped table: groups, and the first runs of those that are open. */
export function useGroupLines(experimentId: string, found: FoundRuns) {
  const { state, search, shown, asked } = found;
  const { grouping, aggregate, sort, isDeleted } = state;
  const [open, setOpen] = useState(NONE);
  const aggregates = useMemo(() => aggregatesOf(shown, aggregate), [shown, aggregate]);
  const by = useMemo(() => grouping.map(fieldText), [grouping]);
  const texts = useMemo(() => [...aggregates.values()], [aggregates]);
  const answer = useGroups(experimentId, search, by, texts, found.isReady);
  const groups = useMemo(
    () => sortGroups(answer.data?.groups ?? [], sort, aggregates),
    [answer.data, sort, aggregates],
  );
  const opened = useMemo(() => groups.filter((group) => open.has(groupId(group))), [groups, open]);
  const columns = useMemo(() => asked.map(({ text }) => text), [asked]);
  const pages = useGroupedRuns(
    experimentId,
    opened.map((group) => ({
      ...search,
      filter: groupFilter(search.filter, group, grouping),
    })),
    columns,
  );
  const lines = useMemo(
    () =>
      groups.flatMap((group): TableLine[] => {
        const id = groupId(group);
        const at = opened.indexOf(group);
        const head: TableLine = { kind: "group", id, group, isOpen: at >= 0 };
        if (at < 0) return [head];
        const page = pages[at];
        const rows = page ? tableRows(page, asked, { experimentId, isDeleted }) : [];
        const left = page ? group.count - rows.length : undefined;
        return [
          head,
          ...rows.map((row): TableLine => ({ kind: "run", id: row.id, row, kin: KIN })),
          ...(left === 0 ? [] : [{ kind: "rest" as const, id: `${id} rest`, group, count: left }]),
        ];
      }),
    [groups, opened, pages, asked, experimentId, isDeleted],
  );
  return {
    lines: answer.data && grouping.length > 0 ? lines : undefined,
    aggregates,
    count: answer.data?.groups.length,
    isCut: answer.data !== undefined && !answer.data.isAll,
    error: grouping.length > 0 && !answer.data ? (answer.error ?? undefined) : undefined,
    retry: () => void answer.refetch(),
    onOpen: (id: string) => setOpen((old) => toggled(old, id)),
  };
}

/** Runs of a group stand a step to the right. */
const KIN = { depth: 1, children: 0, isFolded: false };

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}
