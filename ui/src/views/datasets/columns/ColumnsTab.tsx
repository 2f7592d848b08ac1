import { useState } from "react";
import { EmptyState } from "../../../components/EmptyState";
import { SearchField } from "../../../components/SearchField";
import { formatCount } from "../../../format/numbers";
import type { ColumnProfile, DatasetVersion } from "../../../wire/datasets";
import { ProfilePlot } from "./ProfilePlot";
import { percent, profileBars, profileText } from "./profilePlots";

export type ColumnsTabProps = { version: DatasetVersion };

/** Every column with its type and what it holds, as a line and as a plot. */
export function ColumnsTab({ version: { profile, format } }: ColumnsTabProps) {
  const [needle, setNeedle] = useState("");
  if (profile === null || typeof profile === "string") {
    return (
      <EmptyState title="The columns of this version are not known">
        <p>It is one file of format {format}; tables are described when they are kept.</p>
      </EmptyState>
    );
  }
  const wanted = needle.trim().toLowerCase();
  const shown = profile.columns.filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <div className="ColumnsTab">
      {profile.columns.length > 12 && (
        <SearchField label="Filter columns" value={needle} onChange={setNeedle} />
      )}
      <table className="ColumnsTab-table" data-testid="dataset-columns">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col" className="is-type">
              Type
            </th>
            <th scope="col" className="num is-missing">
              Missing
            </th>
            <th scope="col" className="is-plot">
              Distribution
            </th>
            <th scope="col">Values</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((column) => (
            <ColumnLine key={column.name} column={column} rows={profile.rows} />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className="muted">No column is called “{needle}”.</p>}
    </div>
  );
}

type ColumnLineProps = { column: ColumnProfile; rows: number };

function ColumnLine({ column, rows }: ColumnLineProps) {
  const { name, type, missing, infinite = 0 } = column;
  const text = profileText(column);
  return (
    <tr>
      <th scope="row" className="clip mono" title={name}>
        {name}
        <span className="ColumnsTab-narrow muted">{type}</span>
      </th>
      <td className="mono muted clip is-type">{type}</td>
      <td
        className={missing > 0 ? "num is-missing" : "num muted is-missing"}
        title={`${formatCount(missing)} of ${formatCount(rows)} rows`}
      >
        {rows > 0 ? percent(missing / rows) : "–"}
      </td>
      <td className="is-plot">
        <ProfilePlot label={`Distribution of ${name}`} series={[profileBars(column)]} />
      </td>
      <td className="num ColumnsTab-values" title={text}>
        {text}
        {infinite > 0 && `, ${formatCount(infinite)} infinite`}
      </td>
    </tr>
  );
}
