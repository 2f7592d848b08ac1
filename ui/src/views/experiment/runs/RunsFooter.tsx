import { useState } from "react";
import { Button } from "../../../components/Button";
import { RestoreIcon } from "../../../components/icons/RestoreIcon";
import { TrashIcon } from "../../../components/icons/TrashIcon";
import { formatCount } from "../../../format/numbers";
import { paths } from "../../../routing/paths";
import { navigate } from "../../../routing/useLocation";
import type { RunRow } from "../../../store/rows";
import { countRuns, deleteRuns, restoreRuns } from "../../../store/runActions";
import type { Aggregate } from "./grouping";

export type RunsFooterProps = {
  experimentId: string;
  /** Undefined while the first page is being loaded. */
  count: number | undefined;
  /** How many match, loaded or not. */
  total: number | undefined;
  /** How many groups stand in the table, where it is grouped. */
  groups: number | undefined;
  /** There are more groups than these. */
  isCut: boolean;
  aggregate: Aggregate;
  selected: readonly RunRow[];
  isDeleted: boolean;
  onClear: () => void;
};

const AGGREGATE_WORDS = { mean: "mean", min: "least value", max: "greatest value" } as const;
const MOST_COMPARED = 100;
const MOST_UNASKED = 20; // deleting more than this is asked for twice

/** How many runs are in sight and in hand, and what can be done with the latter. */
export function RunsFooter(props: RunsFooterProps) {
  const { experimentId, selected, isDeleted, onClear } = props;
  const [asked, setAsked] = useState<number | null>(null);
  const mustAsk = !isDeleted && selected.length > MOST_UNASKED && asked !== selected.length;
  const isAsking = !isDeleted && asked === selected.length;
  const act = () => {
    setAsked(mustAsk ? selected.length : null);
    if (mustAsk) {
      return;
    }
    const ids = selected.map(({ id }) => id);
    void (isDeleted ? restoreRuns(experimentId, ids) : deleteRuns(experimentId, ids));
    onClear();
  };
  return (
    <footer className="RunsFooter" data-testid="runs-footer">
      <span role="status">{counted(props)}</span>
      {selected.length > 0 && (
        <div className="RunsFooter-selection">
          <span>{formatCount(selected.length)} selected</span>
          {selected.length > 1 && (
            <Button
              kind="primary"
              data-testid="compare-runs"
              disabled={selected.length > MOST_COMPARED}
              title={
                selected.length > MOST_COMPARED
                  ? `At most ${MOST_COMPARED} runs can be compared`
                  : undefined
              }
              onClick={() => navigate(paths.compare(selected.map(({ id }) => id)))}
            >
              Compare {countRuns(selected.length)}
            </Button>
          )}
          <Button data-testid="bulk-action" onClick={act}>
            {isDeleted ? <RestoreIcon size={14} /> : <TrashIcon size={14} />}
            {`${isDeleted ? "Restore" : isAsking ? "Yes, delete" : "Delete"} ${countRuns(selected.length)}`}
          </Button>
          <Button kind="quiet" onClick={onClear}>
            Clear
          </Button>
        </div>
      )}
    </footer>
  );
}

function counted({ count, total, groups, isCut, aggregate }: RunsFooterProps): string {
  if (count === undefined) return "Loading runs";
  const runs = countRuns(total ?? count);
  if (groups !== undefined) {
    const counted = `${formatCount(groups)} ${groups === 1 ? "group" : "groups"}`;
    const said = `; metrics show their ${AGGREGATE_WORDS[aggregate]}`;
    return `${runs}${isCut ? ", the first" : " in"} ${counted}${said}`;
  }
  if (total === undefined) return `${countRuns(count)} loaded, more below`;
  return total > count ? `${runs}, ${formatCount(count)} loaded` : runs;
}
