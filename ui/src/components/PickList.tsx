import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";
import "./PickList.css";

export type PickLine = {
  id: string;
  label: string;
  /** Small words at the end, such as how many runs have it. */
  hint?: string;
  /** Letters for the kind of value. */
  badge?: string;
  /** Heads of groups stand out and need not be all or nothing. */
  isHead?: boolean;
  isChosen: boolean | "some";
  isDisabled?: boolean;
};

export type PickListProps = {
  label: string;
  lines: readonly PickLine[];
  onPick: (id: string, isChosen: boolean) => void;
  /** Said where there is nothing to pick. */
  empty: ReactNode;
};

const LINE = 26;

/** Thousands of things to tick, of which those in sight are drawn. */
export function PickList({ label, lines, onPick, empty }: PickListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    overscan: 10,
  });
  if (lines.length === 0) return <p className="PickList-empty muted">{empty}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key
    <div className="PickList" ref={scroller} role="group" aria-label={label} tabIndex={0}>
      <div className="PickList-sheet" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          return (
            line && (
              <label
                key={line.id}
                className={line.isHead ? "PickList-line is-head" : "PickList-line"}
                style={{ transform: `translateY(${start}px)` }}
              >
                <input
                  type="checkbox"
                  checked={line.isChosen === true}
                  disabled={line.isDisabled}
                  ref={(node) => {
                    if (node) node.indeterminate = line.isChosen === "some";
                  }}
                  onChange={(event) => onPick(line.id, event.target.checked)}
                />
                <span className="clip" title={line.label}>
                  {line.label}
                </span>
                {line.badge && <span className="PickList-badge">{line.badge}</span>}
                {line.hint && <span className="PickList-hint">{line.hint}</span>}
              </label>
            )
          );
        })}
      </div>
    </div>
  );
}
