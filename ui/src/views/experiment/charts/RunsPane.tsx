import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Lit } from "../../../charts/lit";
import { Button } from "../../../components/Button";
import { Segmented } from "../../../components/Segmented";
import { Skeleton } from "../../../components/Skeleton";
import { columnFormat, formatCount } from "../../../format/numbers";
import type { RunRow } from "../../../store/rows";
import type { FoundRuns } from "../useFoundRuns";
import type { Picked } from "../usePicked";
import { PaneRow } from "./PaneRow";
import { SIGHTS, type Sight } from "./shownRuns";
import "./RunsPane.css";

export type RunsPaneProps = {
  found: FoundRuns;
  picked: Picked;
  shown: readonly RunRow[];
  sight: Sight;
  onSight: (sight: Sight) => void;
  lit: Lit;
};

const ROW = 28;
const MORE_AHEAD = 20;

/** The runs beside their charts: which of them are drawn, and by which colour. */
export function RunsPane({ found, picked, shown, sight, onSight, lit }: RunsPaneProps) {
  const { rows, state, hasMore, more } = found;
  const [isOpen, setOpen] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const isDrawn = useMemo(() => new Set(shown.map(({ id }) => id)), [shown]);
  const value = useMemo(() => sortValueOf(rows, state.sort?.id), [rows, state.sort]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
  });
  const lines = virtual.getVirtualItems();
  const last = lines.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - MORE_AHEAD) more();
  }, [hasMore, last, rows.length, more]);
  const segments = [
    ...(picked.selection.size > 0
      ? [{ id: "selected", label: `${formatCount(picked.selection.size)} selected` }]
      : []),
    ...SIGHTS.filter((_, index) => index === 0 || (SIGHTS[index - 1] ?? 0) < rows.length).map(
      (count) => ({ id: String(count), label: `First ${count}` }),
    ),
  ];
  return (
    <aside className={isOpen ? "RunsPane is-open" : "RunsPane"} aria-label="Runs">
      <div className="RunsPane-head">
        <Button
          className="RunsPane-toggle"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? "Hide runs" : "Choose runs"}
        </Button>
        <span className="RunsPane-count" role="status">
          {found.isLoaded
            ? `${shown.length} of ${formatCount(found.total ?? rows.length)} drawn`
            : "Loading runs"}
        </span>
        {picked.eyes.size > 0 && (
          <Button kind="quiet" onClick={() => picked.setEyes(new Map())}>
            Reset
          </Button>
        )}
      </div>
      {segments.length > 1 && (
        <div className="RunsPane-sight">
          <Segmented
            label="Which runs are drawn"
            segments={segments}
            active={String(sight)}
            onChange={(id) => onSight(id === "selected" ? id : Number(id))}
          />
        </div>
      )}
      <div className="RunsPane-list" ref={scroller} data-testid="runs-pane">
        <ul style={{ height: virtual.getTotalSize() }}>
          {lines.map(({ index, start }) => {
            const row = rows[index];
            return (
              row && (
                <PaneRow
                  key={row.id}
                  row={row}
                  offset={start}
                  value={value(row)}
                  isDrawn={isDrawn.has(row.id)}
                  lit={lit}
                  onEye={(isOn) => picked.setEyes((old) => new Map(old).set(row.id, isOn))}
                />
              )
            );
          })}
        </ul>
        {!found.isLoaded && <Skeleton height={ROW * 6} />}
      </div>
    </aside>
  );
}

/** The value by which the list is sorted, as a text; "" where it is not sorted by one. */
function sortValueOf(
  rows: readonly RunRow[],
  sortId: string | undefined,
): (row: RunRow) => string {
  const [, group, key = ""] = /^(metrics|params)\.(.*)$/s.exec(sortId ?? "") ?? [];
  if (group === "params") return (row) => row.params.get(key) ?? "";
  if (group !== "metrics") return () => "";
  const format = columnFormat(rows.flatMap((row) => row.metrics.get(key) ?? []));
  return (row) => {
    const value = row.metrics.get(key);
    return value === undefined ? "" : format(value);
  };
}
