import { Button } from "../../../components/Button";
import { DownloadIcon } from "../../../components/icons/DownloadIcon";
import { Segmented } from "../../../components/Segmented";
import { countRuns } from "../../../store/runActions";
import type { FoundRuns } from "../useFoundRuns";
import { ViewsPicker } from "../views/ViewsPicker";
import { ColumnPicker } from "./ColumnPicker";
import { toCsv } from "./csv";
import { GroupPicker } from "./GroupPicker";
import { saveText } from "./saveText";
import type { RunsState } from "./useRunsState";

export type RunsToolsProps = {
  experimentId: string;
  experimentName: string;
  found: FoundRuns;
  onChange: (changes: Partial<RunsState>) => void;
};

const STATES = [
  { id: "active", label: "Active" },
  { id: "deleted", label: "Deleted" },
] as const;

/** What the table shows besides the query: which runs, which columns, and a way out. */
export function RunsTools({ experimentId, experimentName, found, onChange }: RunsToolsProps) {
  const { state, rows, columns, shown } = found;
  return (
    <div className="RunsTools">
      <ViewsPicker experimentId={experimentId} />
      <Segmented
        label="State of runs"
        segments={STATES}
        active={state.isDeleted ? "deleted" : "active"}
        onChange={(id) => onChange({ isDeleted: id === "deleted" })}
      />
      <GroupPicker
        columns={columns}
        grouping={state.grouping}
        aggregate={state.aggregate}
        onGroup={(grouping) => onChange({ grouping })}
        onAggregate={(aggregate) => onChange({ aggregate })}
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
