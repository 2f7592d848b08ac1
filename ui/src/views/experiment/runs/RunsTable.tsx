import { useVirtualizer } from "@tanstack/react-virtual";
import { type Dispatch, type SetStateAction, useEffect, useMemo, useRef, useState } from "react";
import type { RunRow } from "../../../store/rows";
import type { Column, Sort } from "./columns";
import { NAME_ID } from "./columns";
import { gridKeys } from "./gridKeys";
import type { Kin } from "./nesting";
import { RunLine } from "./RunLine";
import { RunsHead } from "./RunsHead";
import { RunsSkeleton } from "./RunsSkeleton";
import { useColumnWidths } from "./useColumnWidths";
import { useFormats } from "./useFormats";
import "./RunsTable.css";

export type RunsTableProps = {
  experimentId: string;
  /** Undefined while the first page is being loaded. */
  rows: readonly RunRow[] | undefined;
  /** Runs that stand below another one, or above others. */
  kin: ReadonlyMap<string, Kin>;
  onFold: (runId: string) => void;
  columns: readonly Column[];
  /** The rows answer an older question than the one now asked. */
  isStale: boolean;
  sort: Sort | undefined;
  onSort: (sort: Sort | undefined) => void;
  selection: ReadonlySet<string>;
  onSelect: Dispatch<SetStateAction<ReadonlySet<string>>>;
  onOpen: (row: RunRow) => void;
  hasMore: boolean;
  onMore: () => void;
};

/** A column that is on the screen, and where it stands. */
export type PlacedColumn = { column: Column; start: number; width: number };

const ROW = 28;
const HEAD = 52;
const SIDE_STEP = 120;
const NAME_WIDTH = 272;
const NAME_WIDTH_NARROW = 176;
const MORE_AHEAD = 40;
const NO_ROWS: readonly RunRow[] = [];

/** The table of runs: thousands of rows, hundreds of columns, those in sight are drawn. */
export function RunsTable(props: RunsTableProps) {
  const { experimentId, columns, isStale, sort, onSort, selection, onSelect, onOpen } = props;
  const { hasMore, onMore, kin, onFold } = props;
  const rows = props.rows ?? NO_ROWS;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(-1);
  const [widths, resize] = useColumnWidths(experimentId);
  const nameWidth = widths[NAME_ID] ?? (isNarrow() ? NAME_WIDTH_NARROW : NAME_WIDTH);
  const formats = useFormats(rows);
  const down = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
    paddingStart: HEAD,
    scrollPaddingStart: HEAD,
  });
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widthOf(columns[index], widths),
    overscan: 3,
    paddingStart: nameWidth,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are read from these
  useEffect(() => across.measure(), [columns, widths, nameWidth]);
  const lines = down.getVirtualItems();
  const lastShown = lines.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isStale && lastShown >= rows.length - MORE_AHEAD) onMore();
  }, [hasMore, isStale, lastShown, rows.length, onMore]);
  const spans = across.getVirtualItems();
  const first = spans[0]?.index ?? 0;
  const placed = useMemo(
    () => placeColumns(columns, widths, nameWidth, first, first + spans.length),
    [columns, widths, nameWidth, first, spans.length],
  );
  const totalWidth = across.getTotalSize();

  const lastPicked = useRef(-1);
  const pick = (index: number, isRange: boolean) => {
    const anchor = isRange ? lastPicked.current : index;
    onSelect((old) => picked(rows, old, index, anchor));
    lastPicked.current = index;
  };
  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setActive(next);
    down.scrollToIndex(next);
  };
  const onKeyDown = gridKeys({
    active,
    last: rows.length - 1,
    moveTo,
    onEnter: () => rows[active] && onOpen(rows[active]),
    onSpace: (isRange) => rows[active] && pick(active, isRange),
    onEscape: () => onSelect(new Set()),
    onSideways: (by) => scroller.current?.scrollBy({ left: by * SIDE_STEP }),
  });
  return (
    <div
      ref={scroller}
      className={isStale ? "RunsTable is-stale" : "RunsTable"}
      role="grid"
      aria-label="Runs"
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-busy={props.rows === undefined || isStale}
      aria-activedescendant={rows[active] ? `run-${rows[active].id}` : undefined}
      tabIndex={0}
      data-testid="runs-table"
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget && active < 0) setActive(0);
      }}
    >
      <div
        className="RunsTable-sheet"
        role="presentation"
        style={{ width: totalWidth, height: down.getTotalSize() }}
      >
        <RunsHead
          columns={columns}
          placed={placed}
          nameWidth={nameWidth}
          widths={widths}
          formats={formats}
          sort={sort}
          onSort={onSort}
          onResize={resize}
          rows={rows}
          selection={selection}
          onSelect={onSelect}
        />
        {lines.map(({ index, start }) => {
          const row = rows[index];
          return (
            row && (
              <RunLine
                key={row.id}
                row={row}
                index={index}
                offset={start}
                kin={kin.get(row.id)}
                onFold={onFold}
                experimentId={experimentId}
                placed={placed}
                nameWidth={nameWidth}
                formats={formats}
                isActive={index === active}
                isSelected={selection.has(row.id)}
                onPick={pick}
                onOpen={onOpen}
              />
            )
          );
        })}
        {props.rows === undefined && <RunsSkeleton nameWidth={nameWidth} />}
      </div>
    </div>
  );
}

/** The width of a column: the reader's, or its own. */
export function widthOf(column: Column | undefined, widths: Readonly<Record<string, number>>) {
  return column ? (widths[column.id] ?? column.width) : 0;
}

function placeColumns(
  columns: readonly Column[],
  widths: Readonly<Record<string, number>>,
  nameWidth: number,
  from: number,
  to: number,
): PlacedColumn[] {
  let start = nameWidth;
  const placed: PlacedColumn[] = [];
  for (const [index, column] of columns.entries()) {
    if (index >= to) break;
    const width = widthOf(column, widths);
    if (index >= from) placed.push({ column, start, width });
    start += width;
  }
  return placed;
}

/** The selection after a click on one row, or with Shift on all up to the row picked before. */
function picked(
  rows: readonly RunRow[],
  selection: ReadonlySet<string>,
  index: number,
  anchor: number,
): ReadonlySet<string> {
  const next = new Set(selection);
  const isOn = !selection.has(rows[index]?.id ?? "");
  const [from, to] =
    anchor < 0 ? [index, index] : [Math.min(index, anchor), Math.max(index, anchor)];
  for (const { id } of rows.slice(from, to + 1)) {
    if (isOn) next.add(id);
    else next.delete(id);
  }
  return next;
}

function isNarrow(): boolean {
  return window.matchMedia("(max-width: 760px)").matches;
}
