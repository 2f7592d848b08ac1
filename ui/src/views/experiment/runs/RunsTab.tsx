import { useMemo, useRef, useState } from "react";
import { Button } from "../../../components/Button";
import { ErrorBox } from "../../../components/ErrorBox";
import { paths } from "../../../routing/paths";
import { navigate } from "../../../routing/useLocation";
import type { RunRow } from "../../../store/rows";
import { useSlash } from "../../useSlash";
import { QueryBar } from "../query/QueryBar";
import type { FoundRuns } from "../useFoundRuns";
import type { Picked } from "../usePicked";
import { widened } from "./columns";
import { groupFilter } from "./grouping";
import { rowsOfLines, runLines, type TableLine } from "./lines";
import { NoRuns } from "./NoRuns";
import { nestRows } from "./nesting";
import { RunsFooter } from "./RunsFooter";
import { RunsTable } from "./RunsTable";
import { RunsTools } from "./RunsTools";
import { useGroupLines } from "./useGroupLines";
import "./RunsTab.css";

export type RunsTabProps = {
  experimentId: string;
  experimentName: string | undefined;
  found: FoundRuns;
  picked: Picked;
};

const NONE: ReadonlySet<string> = new Set();
const MEASURED = 100;

/** The runs of an experiment: asked for in the bar, shown in the table, counted below. */
export function RunsTab({ experimentId, experimentName, found, picked }: RunsTabProps) {
  const { state, change, rows, emptiness } = found;
  const { selection, setSelection } = picked;
  const [folded, setFolded] = useState(NONE);
  const isGrouped = state.grouping.length > 0;
  const groups = useGroupLines(experimentId, found);
  // The first page is the same object until it changes, however many follow.
  const sample = useSample(rows);
  const columns = useMemo(() => widened(found.shown, sample), [found.shown, sample]);
  // Once sorted, the order that was asked for counts more than kinship.
  const single = useMemo(() => {
    const nested = state.sort ? { rows, kin: new Map() } : nestRows(rows, folded);
    return runLines(nested.rows, nested.kin);
  }, [rows, folded, state.sort]);
  const lines = isGrouped ? groups.lines : single;
  const searchRef = useSlash();
  const selected = useMemo(
    () => selectedRows(lines ?? [], rows, selection),
    [lines, rows, selection],
  );
  const error = found.error ?? (found.refusal || emptiness ? undefined : groups.error);
  return (
    <div className="RunsTab">
      <div className="RunsTab-bar">
        <QueryBar
          ref={searchRef}
          experimentId={experimentId}
          value={state.query}
          onChange={(query) => change({ query })}
          recent={found.recent}
          error={found.refusal}
        />
        <RunsTools
          experimentId={experimentId}
          experimentName={experimentName ?? experimentId}
          found={found}
          onChange={(changes) => {
            if (changes.isDeleted !== undefined) setSelection(NONE);
            change(changes);
          }}
        />
      </div>
      {error ? (
        <ErrorBox
          title="The runs could not be loaded."
          error={error}
          onRetry={found.error ? found.retry : groups.retry}
        >
          {state.sort && (
            <Button onClick={() => change({ sort: undefined })}>Drop the order</Button>
          )}
          {isGrouped && <Button onClick={() => change({ grouping: [] })}>Ungroup</Button>}
        </ErrorBox>
      ) : emptiness ? (
        <NoRuns
          experimentName={experimentName}
          reason={emptiness}
          onClear={() => change({ query: "" })}
        />
      ) : (
        <RunsTable
          experimentId={experimentId}
          lines={found.isLoaded ? lines : undefined}
          onFold={(id) => setFolded((old) => toggled(old, id))}
          grouping={state.grouping}
          aggregates={groups.aggregates}
          onOpenGroup={groups.onOpen}
          onShowGroup={({ group }) =>
            change({
              query: groupFilter(found.search.filter, group, state.grouping),
              grouping: [],
            })
          }
          columns={columns}
          isStale={found.isStale}
          sort={state.sort}
          onSort={(sort) => change({ sort })}
          choice={state.choice}
          onChoice={(choice) => change({ choice })}
          onGroup={(id) => change({ grouping: [...state.grouping, id] })}
          selection={selection}
          onSelect={setSelection}
          onOpen={(row) => navigate(paths.run(experimentId, row.id))}
          hasMore={!isGrouped && found.hasMore}
          onMore={found.more}
        />
      )}
      {!error && emptiness !== "bare" && emptiness !== "refused" && (
        <RunsFooter
          experimentId={experimentId}
          count={found.isLoaded ? rows.length : undefined}
          total={found.total}
          groups={isGrouped ? groups.count : undefined}
          isCut={isGrouped && groups.isCut}
          aggregate={state.aggregate}
          selected={selected}
          isDeleted={state.isDeleted}
          onClear={() => setSelection(NONE)}
        />
      )}
    </div>
  );
}

/** The first runs; the same list as long as they are the same. */
function useSample(rows: readonly RunRow[]): readonly RunRow[] {
  const last = useRef<readonly RunRow[]>([]);
  const now = rows.slice(0, MEASURED);
  const isSame =
    now.length === last.current.length && now.every((row, index) => row === last.current[index]);
  if (!isSame) last.current = now;
  return last.current;
}

/** Selected runs that are in sight somewhere, each once. */
function selectedRows(
  lines: readonly TableLine[],
  rows: readonly RunRow[],
  selection: ReadonlySet<string>,
): RunRow[] {
  if (selection.size === 0) return [];
  const known = new Map([...rows, ...rowsOfLines(lines)].map((row) => [row.id, row]));
  return [...known.values()].filter(({ id }) => selection.has(id));
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}
