import { columnFormat } from "../format/numbers";
import { BarRow } from "./BarRow";
import type { Lit } from "./lit";
import "./BarChart.css";

/** One run's value as a bar. */
export type Bar = { runId: string; label: string; color: string; href: string; value: number };

export type BarChartProps = {
  title: string;
  bars: readonly Bar[];
  /** It scrolls when the bars need more. */
  height: number;
  lit: Lit;
};

/** One value of each run, as bars from zero under each other. */
export function BarChart({ title, bars, height, lit }: BarChartProps) {
  const format = columnFormat(bars.map(({ value }) => value));
  const ends = bars.map(({ value }) => value).filter(Number.isFinite);
  // Halves, since from the least to the greatest number that there is would be infinite.
  const least = Math.min(0, ...ends) / 2;
  const span = Math.max(0, ...ends) / 2 - least || 1;
  return (
    <ul
      className="BarChart"
      style={{ maxHeight: height }}
      aria-label={`Bar chart of ${title}, ${bars.length} runs`}
      data-testid="bar-chart"
    >
      {bars.map((bar) => (
        <BarRow
          key={bar.runId}
          bar={bar}
          text={format(bar.value)}
          from={(Math.min(0, bar.value) / 2 - least) / span}
          to={(Math.max(0, bar.value) / 2 - least) / span}
          lit={lit}
        />
      ))}
    </ul>
  );
}
