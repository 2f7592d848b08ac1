import type { ReactNode } from "react";
import { Duration } from "../../../components/Duration";
import { StatusIcon } from "../../../components/StatusIcon";
import { Time } from "../../../components/Time";
import type { RunRow } from "../../../store/rows";
import { useRunDatasets } from "../../../store/useRunDatasets";
import type { Column } from "./columns";
import type { CellFormat } from "./useFormats";

export type RunCellProps = {
  row: RunRow;
  column: Column;
  format: CellFormat;
  start: number;
  width: number;
};

/** One value of one run; the full value shows on hover. */
export function RunCell({ row, column, format, start, width }: RunCellProps) {
  const isMono = column.group === "params" || column.key === "run_id" || column.key === "version";
  const names = ["RunCell", "clip", format.isNumeric && "num", isMono && "mono"];
  return (
    <div
      className={names.filter(Boolean).join(" ")}
      role="gridcell"
      data-column={column.id}
      style={{ left: start, width }}
      title={column.text(row) || undefined}
    >
      {contentOf(row, column, format)}
    </div>
  );
}

function contentOf(row: RunRow, column: Column, format: CellFormat): ReactNode {
  if (column.number) {
    const value = column.number(row);
    if (value === undefined) return null;
    const text = format.number(value);
    return Number.isFinite(value) ? text : <span className="RunCell-odd">{text}</span>;
  }
  if (column.group !== "attributes") return column.text(row);
  switch (column.key) {
    case "start_time":
      return <Time ms={row.startMs} />;
    case "end_time":
      return row.endMs === undefined ? null : <Time ms={row.endMs} />;
    case "duration":
      return <RunDuration row={row} />;
    case "status":
      return <StatusIcon status={row.status} withLabel />;
    case "datasets":
      return <RunDatasets runId={row.id} />;
    case "version":
      return column.text(row).slice(0, 8);
    default:
      return column.text(row);
  }
}

function RunDatasets({ runId }: { runId: string }) {
  const { data = "" } = useRunDatasets(runId);
  return <span title={data}>{data}</span>;
}

type RunDurationProps = { row: RunRow };

/** A run that ended without saying when has no duration; only a running one counts on. */
function RunDuration({ row }: RunDurationProps) {
  if (row.endMs === undefined && row.status !== "RUNNING") return null;
  return <Duration startMs={row.startMs} endMs={row.endMs} />;
}
