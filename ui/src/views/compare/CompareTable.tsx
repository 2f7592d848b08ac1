import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, useMemo } from "react";
import type { Lit } from "../../charts/lit";
import type { RunRow } from "../../store/rows";
import { CompareHead } from "./CompareHead";
import { CompareLine } from "./CompareLine";
import type { Better, Directions } from "./compareQuery";
import { type CompareRow, SECTION_TITLES, type SectionId } from "./compareRows";
import "./CompareTable.css";

export type CompareTableProps = {
  runs: readonly RunRow[];
  rows: readonly CompareRow[];
  scroller: HTMLElement | null;
  lit: Lit;
  directions: Directions;
  onDirection: (key: string, word: Better | "none") => void;
  /** Undefined where no run may leave. */
  onRemove: ((runId: string) => void) | undefined;
};

const ROW = 28;
const HEAD = 48;
const KEY_WIDTH = 208;
const KEY_WIDTH_NARROW = 128;
const COLUMN_WIDTH = 168;

type Line = { section: SectionId; count: number } | CompareRow;

/** One column a run, one line a value; head and first column stay while one scrolls. */
export function CompareTable(props: CompareTableProps) {
  const { runs, rows, scroller, lit, directions, onDirection, onRemove } = props;
  const lines = useMemo(() => linesOf(rows), [rows]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller,
    estimateSize: () => ROW,
    overscan: 16,
    paddingStart: HEAD,
  });
  const keyWidth = isNarrow() ? KEY_WIDTH_NARROW : KEY_WIDTH;
  const style = {
    height: virtual.getTotalSize(),
    "--compare-columns": `${keyWidth}px repeat(${runs.length}, minmax(${COLUMN_WIDTH}px, 1fr))`,
    minWidth: keyWidth + runs.length * COLUMN_WIDTH,
  } as CSSProperties;
  return (
    <div
      className="CompareTable"
      role="table"
      aria-label="Values of the runs"
      aria-rowcount={lines.length + 1}
      aria-colcount={runs.length + 1}
      data-testid="compare-table"
      style={style}
    >
      <CompareHead runs={runs} lit={lit} onRemove={onRemove} />
      {virtual.getVirtualItems().map(({ index, start }) => {
        const line = lines[index];
        if (!line) return null;
        if ("count" in line) {
          return (
            <div
              key={line.section}
              className="CompareTable-section"
              role="row"
              aria-rowindex={index + 2}
              style={{ transform: `translateY(${start}px)` }}
            >
              <span role="rowheader">
                {SECTION_TITLES[line.section]} <small>{line.count}</small>
              </span>
            </div>
          );
        }
        return (
          <CompareLine
            key={`${line.section} ${line.key}`}
            row={line}
            runs={runs}
            index={index}
            offset={start}
            directions={directions}
            onDirection={onDirection}
          />
        );
      })}
    </div>
  );
}

/** Sections with their heads; one without rows has no head. */
function linesOf(rows: readonly CompareRow[]): Line[] {
  const lines: Line[] = [];
  for (const [index, row] of rows.entries()) {
    if (rows[index - 1]?.section !== row.section) {
      const count = rows.filter(({ section }) => section === row.section).length;
      lines.push({ section: row.section, count });
    }
    lines.push(row);
  }
  return lines;
}

function isNarrow(): boolean {
  return window.matchMedia("(max-width: 760px)").matches;
}
