import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { formatNumber } from "../format/numbers";
import { exactTime } from "../format/times";
import { type Points, pointAt } from "./points";
import "./PointTable.css";

export type PointTableProps = { title: string; points: Points; height: number };

const ROW = 24;

/** The points of a curve as rows: for exact reading, and for those who cannot see the curve. */
export function PointTable({ title, points, height }: PointTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: points.steps.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const shown = rows.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = rows.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key
    <div className="PointTable" ref={scroller} style={{ height }} tabIndex={0}>
      <table aria-label={`Points of ${title}`} aria-rowcount={points.steps.length + 1}>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Time</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          <tr className="PointTable-pad">
            <td colSpan={3} style={{ height: above }} />
          </tr>
          {shown.map(({ index }) => {
            const { step, time, value } = pointAt(points, index);
            return (
              <tr key={index} aria-rowindex={index + 2}>
                <td className="num">{step}</td>
                <td className="num muted">{exactTime(time)}</td>
                <td className="num">{Number.isFinite(value) ? value : formatNumber(value)}</td>
              </tr>
            );
          })}
          <tr className="PointTable-pad">
            <td colSpan={3} style={{ height: Math.max(0, below) }} />
          </tr>
        </tbody>
      </table>
    </div>
  );
}
