import type { RunRow } from "../../../store/rows";
import { readNumber } from "../../../wire/numbers";
import type { RunGroup } from "../../../wire/tables";
import type { Kin } from "./nesting";

/** One line of the table: a run, a group of runs, or what an opened group does not list. */
export type TableLine =
  | { kind: "run"; id: string; row: RunRow; kin: Kin | undefined }
  | { kind: "group"; id: string; group: RunGroup; isOpen: boolean }
  | { kind: "rest"; id: string; group: RunGroup; count: number | undefined };

/** Lines for runs one below the other, children below their parents. */
export function runLines(rows: readonly RunRow[], kin: ReadonlyMap<string, Kin>): TableLine[] {
  return rows.map((row) => ({ kind: "run", id: row.id, row, kin: kin.get(row.id) }));
}

/** The runs among lines, in their order. */
export function rowsOfLines(lines: readonly TableLine[]): RunRow[] {
  return lines.flatMap((line) => (line.kind === "run" ? line.row : []));
}

/** What the groups among lines say of one column. */
export function groupNumbers(
  lines: readonly TableLine[],
  aggregate: string | undefined,
): number[] {
  if (aggregate === undefined) return [];
  return lines.flatMap((line) => {
    const value = line.kind === "group" ? (line.group.aggregates[aggregate] ?? null) : null;
    return value === null ? [] : readNumber(value);
  });
}
