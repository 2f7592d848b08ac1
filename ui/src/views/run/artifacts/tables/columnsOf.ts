import { isNumericColumn, type Sorting, type Table } from "./delimited";
import type { RowsColumn } from "./RowsTable";

export const MOST_COLUMNS = 200;
const LETTER = 7.8;

/** Columns as wide as what they hold at the top, within reason. */
export function columnsOf(table: Table, types: readonly string[] = []): RowsColumn[] {
  return table.columns.slice(0, MOST_COLUMNS).map((name, index) => {
    const sample = table.rows.slice(0, 100).map((row) => row[index]?.length ?? 0);
    const type = types[index];
    const letters = Math.min(44, Math.max(6, name.length + 2, type?.length ?? 0, ...sample));
    return {
      name,
      type,
      index,
      isNumeric: isNumericColumn(table, index),
      width: Math.round(letters * LETTER) + 24,
    };
  });
}

/** Up, down, and back to the file's own order. */
export function nextSorting(sorting: Sorting | undefined, column: number): Sorting | undefined {
  if (sorting?.column !== column) return { column, isDescending: false };
  return sorting.isDescending ? undefined : { column, isDescending: true };
}
