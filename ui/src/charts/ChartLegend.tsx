import type { LineSeries } from "./lineDefaults";
import type { Lit } from "./lit";
import "./ChartLegend.css";

export type ChartLegendProps = { series: readonly LineSeries[]; lit: Lit };

/** More than these would take the room of the curves. */
const MOST = 16;

/** Which line is whose; the pointer on a name lights up its line. */
export function ChartLegend({ series, lit }: ChartLegendProps) {
  const shown = series.slice(0, MOST);
  return (
    <ul className="ChartLegend" aria-label="Curves" data-testid="chart-legend">
      {shown.map(({ id, label, color, dash }) => (
        <li key={id} onPointerEnter={() => lit.set(id)} onPointerLeave={() => lit.set(undefined)}>
          <svg width="16" height="8" aria-hidden="true">
            <line
              x1="0"
              x2="16"
              y1="4"
              y2="4"
              stroke={color}
              strokeWidth="2"
              strokeDasharray={dash?.map((length) => length / 2).join(" ")}
            />
          </svg>
          {label}
        </li>
      ))}
      {series.length > MOST && <li className="muted">and {series.length - MOST} more</li>}
    </ul>
  );
}
