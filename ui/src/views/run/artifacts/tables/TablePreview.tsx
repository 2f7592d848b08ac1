import { useCallback, useMemo, useState } from "react";
import { columnsOf, nextSorting } from "./columnsOf";
import { type Sorting, sortedRows, type Table } from "./delimited";
import { RowsTable } from "./RowsTable";
import { tableSize } from "./tableSize";

export type TablePreviewProps = { table: Table };

/** A table that is all here: its columns sort on a click. */
export function TablePreview({ table }: TablePreviewProps) {
  const [sorting, setSorting] = useState<Sorting>();
  const order = useMemo(() => sortedRows(table, sorting), [table, sorting]);
  const columns = useMemo(() => columnsOf(table), [table]);
  const rowAt = useCallback((index: number) => table.rows[order[index] ?? 0], [table, order]);
  return (
    <RowsTable
      label="Content of the file"
      columns={columns}
      rowCount={table.rows.length}
      rowAt={rowAt}
      sorting={sorting}
      onSort={(column) => setSorting(nextSorting(sorting, column))}
      foot={tableSize(table.rows.length, table.columns.length)}
    />
  );
}
