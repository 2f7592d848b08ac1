import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { ArrowDownIcon } from "../../../components/icons/ArrowDownIcon";
import { ArrowUpIcon } from "../../../components/icons/ArrowUpIcon";
import { formatCount } from "../../../format/numbers";
import { isNumericColumn, type Sorting, sortedRows, type Table } from "./tables";

export type TablePreviewProps = { table: Table };

const ROW = 26;
const MOST_COLUMNS = 200;
const LETTER = 7.8;

/** A table whose columns sort on a click; only the rows on screen are drawn. */
export function TablePreview({ table }: TablePreviewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [sorting, setSorting] = useState<Sorting>();
  const order = useMemo(() => sortedRows(table, sorting), [table, sorting]);
  const columns = useMemo(() => describeColumns(table), [table]);
  const rows = useVirtualizer({
    count: order.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const shown = rows.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = rows.getTotalSize() - (shown.at(-1)?.end ?? 0);
  const left = table.columns.length - columns.length;
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  return (
    <div className="TablePreview" data-testid="table-preview">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key */}
      <div className="TablePreview-scroll" ref={scroller} tabIndex={0}>
        <table
          aria-label="Content of the file"
          aria-rowcount={table.rows.length + 1}
          style={{ width }}
        >
          <colgroup>
            {columns.map((column) => (
              <col key={column.index} style={{ width: column.width }} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {columns.map(({ name, index, isNumeric }) => (
                <ColumnHead
                  key={index}
                  name={name || `(column ${index + 1})`}
                  isNumeric={isNumeric}
                  sorting={sorting?.column === index ? sorting : undefined}
                  onSort={() => setSorting(nextSorting(sorting, index))}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            <tr className="TablePreview-pad" style={{ height: above }} />
            {shown.map(({ index }) => (
              <tr key={index} aria-rowindex={index + 2}>
                {columns.map((column) => {
                  const cell = table.rows[order[index] ?? 0]?.[column.index] ?? "";
                  return (
                    <td
                      key={column.index}
                      className={column.isNumeric ? "clip num" : "clip"}
                      title={cell}
                    >
                      {cell}
                    </td>
                  );
                })}
              </tr>
            ))}
            <tr className="TablePreview-pad" style={{ height: Math.max(0, below) }} />
          </tbody>
        </table>
      </div>
      <footer className="TablePreview-foot muted">
        {formatCount(table.rows.length)} rows, {formatCount(table.columns.length)} columns
        {left > 0 && `; the last ${formatCount(left)} are not shown`}
      </footer>
    </div>
  );
}

type ColumnHeadProps = {
  name: string;
  isNumeric: boolean;
  /** Set when the table is sorted by this column. */
  sorting: Sorting | undefined;
  onSort: () => void;
};

function ColumnHead({ name, isNumeric, sorting, onSort }: ColumnHeadProps) {
  const word = sorting?.isDescending ? "descending" : "ascending";
  return (
    <th scope="col" aria-sort={sorting ? word : "none"} className={isNumeric ? "num" : undefined}>
      <button type="button" className="clip" title={name} onClick={onSort}>
        {name}
        {sorting &&
          (sorting.isDescending ? <ArrowDownIcon size={12} /> : <ArrowUpIcon size={12} />)}
      </button>
    </th>
  );
}

/** Up, down, and back to the file's own order. */
function nextSorting(sorting: Sorting | undefined, column: number): Sorting | undefined {
  if (sorting?.column !== column) return { column, isDescending: false };
  return sorting.isDescending ? undefined : { column, isDescending: true };
}

function describeColumns(table: Table) {
  return table.columns.slice(0, MOST_COLUMNS).map((name, index) => {
    const sample = table.rows.slice(0, 100).map((row) => row[index]?.length ?? 0);
    const letters = Math.min(44, Math.max(6, name.length + 2, ...sample));
    return {
      name,
      index,
      isNumeric: isNumericColumn(table, index),
      width: Math.round(letters * LETTER) + 24,
    };
  });
}
