import { Button } from "../../../components/Button";
import { DownloadIcon } from "../../../components/icons/DownloadIcon";
import { Segmented } from "../../../components/Segmented";
import type { RunRow } from "../../../store/rows";
import { countRuns } from "../../../store/runActions";
import { ColumnPicker } from "./ColumnPicker";
import type { Column } from "./columns";
import { toCsv } from "./csv";
import { saveText } from "./saveText";
import type { RunsState } from "./useRunsState";

export type RunsToolsProps = {
  experimentName: string;
  rows: readonly RunRow[];
  columns: readonly Column[];
  shown: readonly Column[];
  state: RunsState;
  onChange: (changes: Partial<RunsState>) => void;
};

const STATES = [
  { id: "active", label: "Active" },
  { id: "deleted", label: "Deleted" },
] as const;

/** What the table shows besides the query: which runs, which columns, and a way out. */
export function RunsTools(props: RunsToolsProps) {
  const { experimentName, rows, columns, shown, state, onChange } = props;
  return (
    <div className="RunsTools">
      <Segmented
        label="State of runs"
        segments={STATES}
        active={state.isDeleted ? "deleted" : "active"}
        onChange={(id) => onChange({ isDeleted: id === "deleted" })}
      />
      <ColumnPicker
        columns={columns}
        choice={state.choice}
        shownCount={shown.length}
        onChange={(choice) => onChange({ choice })}
      />
      <Button
        isIcon
        aria-label="Download CSV"
        title={`Download ${countRuns(rows.length)} and ${shown.length} columns as CSV`}
        data-testid="download-csv"
        disabled={rows.length === 0}
        onClick={() => saveText(`${experimentName}.csv`, "text/csv", toCsv(rows, shown))}
      >
        <DownloadIcon size={14} />
      </Button>
    </div>
  );
}
