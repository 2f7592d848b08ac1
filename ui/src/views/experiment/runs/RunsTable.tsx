import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type Dispatch,
  type SetStateAction,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { RunRow } from "../../../store/rows";
import type { Choice } from "./choice";
import { type Column, NAME_ID } from "./columns";
import { GroupLine, lineId } from "./GroupLine";
import { gridKeys } from "./gridKeys";
import { groupNumbers, rowsOfLines, type TableLine } from "./lines";
import { RestLine } from "./RestLine";
import { RunLine } from "./RunLine";
import { RunsHead } from "./RunsHead";
import { RunsSkeleton } from "./RunsSkeleton";
import type { Sort } from "./sort";
import { useColumnWidths } from "./useColumnWidths";
import { useFormats } from "./useFormats";
import "./RunsTable.css";

export type RunsTableProps = {
  experimentId: string;
  /** Undefined while the first page is being loaded. */
  lines: readonly TableLine[] | undefined;
  onFold: (runId: string) => void;
  /** The grouping, where the lines are groups. */
  grouping: readonly string[];
  aggregates: ReadonlyMap<string, string>;
  onOpenGroup: (id: string) => void;
  onShowGroup: (line: Extract<TableLine, { kind: "rest" }>) => void;
  columns: readonly Column[];
  /** The rows answer an older question than the one now asked. */
  isStale: boolean;
  sort: Sort | undefined;
  onSort: (sort: Sort | undefined) => void;
  choice: Choice;
  onChoice: (choice: Choice) => void;
  onGroup: (id: string) => void;
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
const NO_LINES: readonly TableLine[] = [];

/** The table of runs: thousands of rows, hundreds of columns, those in sight are drawn. */
export function RunsTable(props: RunsTableProps) {
  const { experimentId, columns, isStale, sort, onSort, selection, onSelect, onOpen } = props;
  const { hasMore, onMore, onFold } = props;
  const lines = props.lines ?? NO_LINES;
  const rows = useMemo(() => rowsOfLines(lines), [lines]);
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(-1);
  const [widths, resize] = useColumnWidths(experimentId);
  const nameWidth = widths[NAME_ID] ?? (isNarrow() ? NAME_WIDTH_NARROW : NAME_WIDTH);
  const { aggregates } = props;
  const groups = useCallback(
    ({ id }: Column) => groupNumbers(lines, aggregates.get(id)),
    [lines, aggregates],
  );
  const formats = useFormats(rows, groups);
  const down = useVirtualizer({
    count: lines.length,
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
  const inSight = down.getVirtualItems();
  const lastShown = inSight.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isStale && lastShown >= lines.length - MORE_AHEAD) onMore();
  }, [hasMore, isStale, lastShown, lines.length, onMore]);
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
    onSelect((old) => picked(lines, old, index, anchor));
    lastPicked.current = index;
  };
  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(lines.length - 1, index));
    setActive(next);
    down.scrollToIndex(next);
  };
  const onKeyDown = gridKeys({
    active,
    last: lines.length - 1,
    moveTo,
    onEnter: () => activate(lines[active], props),
    onSpace: (isRange) => lines[active]?.kind === "run" && pick(active, isRange),
    onEscape: () => onSelect(new Set()),
    onSideways: (by) => scroller.current?.scrollBy({ left: by * SIDE_STEP }),
  });
  return (
    <div
      ref={scroller}
      className={isStale ? "RunsTable is-stale" : "RunsTable"}
      role="grid"
      aria-label="Runs"
      aria-rowcount={hasMore ? -1 : lines.length + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-busy={props.lines === undefined || isStale}
      aria-activedescendant={elementId(lines[active])}
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
          choice={props.choice}
          onChoice={props.onChoice}
          onGroup={props.onGroup}
          rows={rows}
          selection={selection}
          onSelect={onSelect}
        />
        {inSight.map(({ index, start }) => {
          const line = lines[index];
          if (!line) return null;
          const isActive = index === active;
          const shared = { index, offset: start, placed, nameWidth, formats, isActive };
          switch (line.kind) {
            case "run":
              return (
                <RunLine
                  key={line.id}
                  {...shared}
                  row={line.row}
                  kin={line.kin}
                  onFold={onFold}
                  experimentId={experimentId}
                  isSelected={selection.has(line.id)}
                  onPick={pick}
                  onOpen={onOpen}
                />
              );
            case "group":
              return (
                <GroupLine
                  key={line.id}
                  {...shared}
                  {...line}
                  grouping={props.grouping}
                  aggregates={props.aggregates}
                  onOpen={props.onOpenGroup}
                />
              );
            default:
              return (
                <RestLine
                  key={line.id}
                  {...shared}
                  {...line}
                  onShow={() => props.onShowGroup(line)}
                />
              );
          }
        })}
        {props.lines === undefined && <RunsSkeleton nameWidth={nameWidth} />}
      </div>
    </div>
  );
}

/** What Enter does with a line. */
function activate(line: TableLine | undefined, props: RunsTableProps): void {
  if (line?.kind === "run") props.onOpen(line.row);
  if (line?.kind === "group") props.onOpenGroup(line.id);
  if (line?.kind === "rest") props.onShowGroup(line);
}

function elementId(line: TableLine | undefined): string | undefined {
  if (!line) return undefined;
  return line.kind === "run" ? `run-${line.id}` : lineId(line.id);
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
  lines: readonly TableLine[],
  selection: ReadonlySet<string>,
  index: number,
  anchor: number,
): ReadonlySet<string> {
  const next = new Set(selection);
  const isOn = !selection.has(lines[index]?.id ?? "");
  const [from, to] =
    anchor < 0 ? [index, index] : [Math.min(index, anchor), Math.max(index, anchor)];
  for (const { id } of rowsOfLines(lines.slice(from, to + 1))) {
    if (isOn) next.add(id);
    else next.delete(id);
  }
  return next;
}

function isNarrow(): boolean {
  return window.matchMedia("(max-width: 760px)").matches;
}
