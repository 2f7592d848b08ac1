import { useState } from "react";
import type { LineSeries } from "../../charts/lineDefaults";
import { PointTable } from "../../charts/PointTable";

export type RunsPointTableProps = {
  title: string;
  series: readonly LineSeries[];
  height: number;
};

const PICKER = 32;

/** The points of one of several curves as rows. */
export function RunsPointTable({ title, series, height }: RunsPointTableProps) {
  const [picked, setPicked] = useState(0);
  const shown = series[picked] ?? series[0];
  if (!shown) return <p className="ChartPanel-single muted">No points.</p>;
  if (series.length === 1)
    return <PointTable title={title} points={shown.points} height={height} />;
  return (
    <>
      <select
        className="TextInput"
        aria-label="Curve"
        value={picked}
        onChange={(event) => setPicked(Number(event.target.value))}
      >
        {series.map(({ id, label }, index) => (
          <option key={`${id} ${label}`} value={index}>
            {label}
          </option>
        ))}
      </select>
      <PointTable
        title={`${title}, ${shown.label}`}
        points={shown.points}
        height={height - PICKER}
      />
    </>
  );
}
