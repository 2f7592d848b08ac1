import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { Button } from "../../../../components/Button";
import { ValueLine } from "./ValueLine";
import { type Flipped, valueRows } from "./valueRows";
import "./ValueTree.css";

export type ValueTreeProps = { value: unknown };

const ROW = 20;
const ALL = 100;

/** Nested values, folded and unfolded on a click; only the lines on screen are drawn. */
export function ValueTree({ value }: ValueTreeProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [flipped, setFlipped] = useState<Flipped>(new Set());
  const [openDepth, setOpenDepth] = useState<number>();
  const rows = useMemo(() => valueRows(value, flipped, openDepth), [value, flipped, openDepth]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 20,
  });
  const setAll = (depth: number) => {
    setFlipped(new Set());
    setOpenDepth(depth);
  };
  const flip = (path: string) => {
    const next = new Set(flipped);
    if (!next.delete(path)) next.add(path);
    setFlipped(next);
  };
  return (
    <div className="ValueTree" data-testid="value-tree">
      <div className="ContentPreview-bar">
        <Button kind="quiet" onClick={() => setAll(ALL)}>
          Expand all
        </Button>
        <Button kind="quiet" onClick={() => setAll(1)}>
          Collapse all
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key */}
      <div className="ValueTree-scroll mono" ref={scroller} tabIndex={0}>
        <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return row && <ValueLine key={row.path} row={row} offset={start} onFlip={flip} />;
          })}
        </div>
      </div>
    </div>
  );
}
