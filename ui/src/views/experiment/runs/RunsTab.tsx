import { useMemo, useState } from "react";
import { ErrorBox } from "../../../components/ErrorBox";
import { paths } from "../../../routing/paths";
import { navigate } from "../../../routing/useLocation";
import { useSlash } from "../../useSlash";
import { QueryBar } from "../query/QueryBar";
import type { FoundRuns } from "../useFoundRuns";
import type { Picked } from "../usePicked";
import { buildColumns, isShown } from "./columns";
import { NoRuns } from "./NoRuns";
import { nestRows } from "./nesting";
import { RunsFooter } from "./RunsFooter";
import { RunsTable } from "./RunsTable";
import { RunsTools } from "./RunsTools";
import "./RunsTab.css";

export type RunsTabProps = {
  experimentId: string;
  experimentName: string | undefined;
  found: FoundRuns;
  picked: Picked;
};

const NONE: ReadonlySet<string> = new Set();

/** The runs of an experiment: asked for in the bar, shown in the table, counted below. */
export function RunsTab({ experimentId, experimentName, found, picked }: RunsTabProps) {
  const { state, change, rows, emptiness } = found;
  const { selection, setSelection } = picked;
  const [folded, setFolded] = useState(NONE);
  const columns = useMemo(() => buildColumns(rows), [rows]);
  const shown = useMemo(
    () => columns.filter((column) => isShown(column, state.choice)),
    [columns, state.choice],
  );
  // Once sorted, the order that was asked for counts more than kinship.
  const nested = useMemo(
    () => (state.sort ? { rows, kin: new Map() } : nestRows(rows, folded)),
    [rows, folded, state.sort],
  );
  const searchRef = useSlash();
  const selected = useMemo(() => rows.filter(({ id }) => selection.has(id)), [rows, selection]);
  return (
    <div className="RunsTab">
      <div className="RunsTab-bar">
        <QueryBar
          ref={searchRef}
          value={state.query}
          onChange={(query) => change({ query })}
          known={found.known}
          recent={found.recent}
          error={found.refusal}
        />
        <RunsTools
          experimentName={experimentName ?? experimentId}
          rows={rows}
          columns={columns}
          shown={shown}
          state={state}
          onChange={(changes) => {
            if (changes.isDeleted !== undefined) setSelection(NONE);
            change(changes);
          }}
        />
      </div>
      {found.error ? (
        <ErrorBox
          title="The runs could not be loaded."
          error={found.error}
          onRetry={found.retry}
        />
      ) : emptiness ? (
        <NoRuns
          experimentName={experimentName}
          reason={emptiness}
          onClear={() => change({ query: "" })}
        />
      ) : (
        <RunsTable
          experimentId={experimentId}
          rows={found.isLoaded ? nested.rows : undefined}
          kin={nested.kin}
          onFold={(id) => setFolded((old) => toggled(old, id))}
          columns={shown}
          isStale={found.isStale}
          sort={state.sort}
          onSort={(sort) => change({ sort })}
          selection={selection}
          onSelect={setSelection}
          onOpen={(row) => navigate(paths.run(experimentId, row.id))}
          hasMore={found.hasMore}
          onMore={found.more}
        />
      )}
      {emptiness !== "bare" && emptiness !== "refused" && (
        <RunsFooter
          experimentId={experimentId}
          count={found.isLoaded ? rows.length : undefined}
          hasMore={found.hasMore}
          selected={selected}
          isDeleted={state.isDeleted}
          onClear={() => setSelection(NONE)}
        />
      )}
    </div>
  );
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}
