import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import { ArrowDownIcon } from "../../../../components/icons/ArrowDownIcon";
import { ArrowUpIcon } from "../../../../components/icons/ArrowUpIcon";
import { Skeleton } from "../../../../components/Skeleton";
import type { Sorting } from "./delimited";
import "./RowsTable.css";

export type RowsColumn = {
  name: string;
  /** Shown under the name. */
  type?: string;
  index: number;
  isNumeric: boolean;
  width: number;
};

export type RowsTableProps = {
  label: string;
  columns: readonly RowsColumn[];
  rowCount: number;
  /** The cells of a row; undefined while it is being loaded. */
  rowAt: (index: number) => readonly string[] | undefined;
  sorting?: Sorting;
  /** Absent where the rows cannot be sorted. */
  onSort?: (column: number) => void;
  /** Told which rows are on screen. */
  onRange?: (first: number, last: number) => void;
  foot: ReactNode;
};

const ROW = 26;
/** Browsers draw nothing beyond some ten million pixels. */
const MOST_ROWS = 500_000;

/** A table of any length: only the rows on screen are drawn, and asked for. */
export function RowsTable(props: RowsTableProps) {
  const { label, columns, rowCount, rowAt, sorting, onSort, onRange, foot } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: Math.min(rowCount, MOST_ROWS),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const shown = rows.getVirtualItems();
  const first = shown[0]?.index ?? 0;
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => onRange?.(first, last), [onRange, first, last]);
  const above = shown[0]?.start ?? 0;
  const below = rows.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <div className="TablePreview" data-testid="table-preview">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key */}
      <div className="TablePreview-scroll" ref={scroller} tabIndex={0}>
        <table
          aria-label={label}
          aria-rowcount={rowCount + 1}
          style={{ width: columns.reduce((sum, { width }) => sum + width, 0) }}
        >
          <colgroup>
            {columns.map((column) => (
              <col key={column.index} style={{ width: column.width }} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {columns.map((column) => (
                <ColumnHead
                  key={column.index}
                  column={column}
                  sorting={sorting?.column === column.index ? sorting : undefined}
                  onSort={onSort}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            <tr className="TablePreview-pad" style={{ height: above }} />
            {shown.map(({ index }) => {
              const row = rowAt(index);
              return (
                <tr key={index} aria-rowindex={index + 2} aria-busy={!row}>
                  {columns.map((column) => (
                    <Cell key={column.index} column={column} text={row?.[column.index]} />
                  ))}
                </tr>
              );
            })}
            <tr className="TablePreview-pad" style={{ height: Math.max(0, below) }} />
          </tbody>
        </table>
      </div>
      <footer className="TablePreview-foot muted">
        {foot}
        {rowCount > MOST_ROWS && `; the first ${MOST_ROWS.toLocaleString("en-US")} are shown`}
      </footer>
    </div>
  );
}

type CellProps = { column: RowsColumn; text: string | undefined };

function Cell({ column, text }: CellProps) {
  return (
    <td className={column.isNumeric ? "clip num" : "clip"} title={text}>
      {text ?? <Skeleton width="60%" height={8} />}
    </td>
  );
}

type ColumnHeadProps = {
  column: RowsColumn;
  /** Set when the table is sorted by this column. */
  sorting: Sorting | undefined;
  onSort: ((column: number) => void) | undefined;
};

function ColumnHead({ column, sorting, onSort }: ColumnHeadProps) {
  const word = sorting?.isDescending ? "descending" : "ascending";
  const name = column.name || `(column ${column.index + 1})`;
  const content = (
    <>
      {name}
      {sorting && (sorting.isDescending ? <ArrowDownIcon size={12} /> : <ArrowUpIcon size={12} />)}
    </>
  );
  return (
    <th
      scope="col"
      aria-sort={sorting ? word : "none"}
      className={column.isNumeric ? "num" : undefined}
    >
      {onSort ? (
        <button type="button" className="clip" title={name} onClick={() => onSort(column.index)}>
          {content}
        </button>
      ) : (
        <span className="clip" title={name}>
          {content}
        </span>
      )}
      {column.type && <span className="TablePreview-type mono clip">{column.type}</span>}
    </th>
  );
}
