import type { ColumnDrift, ColumnProfile } from "../../../wire/datasets";
import { ProfilePlot } from "../columns/ProfilePlot";
import { driftBars } from "./driftPlots";
import { driftText } from "./driftText";

export type DriftTableProps = {
  columns: readonly ColumnDrift[];
  before: readonly ColumnProfile[];
  after: readonly ColumnProfile[];
};

const VERDICTS: Record<ColumnDrift["verdict"], string> = {
  large: "▲ large",
  moderate: "● moderate",
  stable: "– stable",
  unknown: "? unknown",
};

/** How far each column has moved, the farthest first. */
export function DriftTable({ columns, before, after }: DriftTableProps) {
  const sorted = columns.toSorted((a, b) => (b.psi ?? -1) - (a.psi ?? -1));
  const find = (profiles: readonly ColumnProfile[], name: string) =>
    profiles.find((profile) => profile.name === name);
  return (
    <table className="ColumnsTab-table" data-testid="drift">
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col" className="is-type">
            Drift
          </th>
          <th
            scope="col"
            className="num is-missing"
            title="Population stability index over the deciles of the version before; from 0.1 on moderate, from 0.25 on large"
          >
            PSI
          </th>
          <th scope="col" className="is-plot">
            Before <i className="DriftTable-key is-first" /> and after{" "}
            <i className="DriftTable-key is-second" />
          </th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((column) => (
          <tr key={column.name}>
            <th scope="row" className="clip mono" title={column.name}>
              {column.name}
            </th>
            <td className={`is-type Drift-${column.verdict}`}>{VERDICTS[column.verdict]}</td>
            <td className="num is-missing">{column.psi === null ? "–" : column.psi.toFixed(3)}</td>
            <td className="is-plot">
              <ProfilePlot
                label={`${column.name} before and after`}
                series={driftBars(find(before, column.name), find(after, column.name)) ?? []}
              />
            </td>
            <td className="ColumnsTab-values num">{driftText(column)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
