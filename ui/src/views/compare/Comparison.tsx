import { lazy, Suspense, useMemo, useState } from "react";
import type { LineSettings } from "../../charts/lineDefaults";
import { makeLit } from "../../charts/lit";
import { CopyButton } from "../../components/CopyButton";
import { SearchField } from "../../components/SearchField";
import { changeQuery, useLocation } from "../../routing/useLocation";
import type { RunRow } from "../../store/rows";
import { countRuns } from "../../store/runActions";
import { ChartToolbar } from "../charts/ChartToolbar";
import { readSettings, settingsQuery } from "../charts/chartSettings";
import { matchingKeys } from "../charts/metricGroups";
import { RunPanels } from "../charts/RunPanels";
import { useDelayed } from "../charts/useDelayed";
import { CompareTable } from "./CompareTable";
import { readDirections, writeDirections } from "./compareQuery";
import { chosenRows, compareRows, compareText, sharedMetrics } from "./compareRows";

const CompareImages = lazy(async () => ({
  default: (await import("./images/CompareImages")).CompareImages,
}));

export type ComparisonProps = {
  runs: readonly RunRow[];
  /** What is missing from the comparison. */
  notes: readonly string[];
};

/** The table of the runs' values, and the curves that they share below it. */
export function Comparison({ runs, notes }: ComparisonProps) {
  const { query } = useLocation();
  // State, not a ref: the table below is mounted before a ref of this one would be set.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const [lit] = useState(makeLit);
  const [needle, setNeedle] = useState("");
  const rows = useMemo(() => compareRows(runs), [runs]);
  const differing = useMemo(() => rows.filter(({ isSame }) => !isSame).length, [rows]);
  const isDifferent = query.get("all") !== "1" && differing > 0;
  const shown = useMemo(
    () => chosenRows(rows, { isDifferent, needle }),
    [rows, isDifferent, needle],
  );
  const said = query.get("best");
  const directions = useMemo(() => readDirections(said), [said]);
  const remove = (id: string) =>
    changeQuery(
      { runs: runs.flatMap((run) => (run.id === id ? [] : run.id)).join(",") },
      { replace: false },
    );
  return (
    <div className="Compare" data-testid="compare">
      <title>{`Compare ${countRuns(runs.length)} · Epochal`}</title>
      <header className="Compare-head">
        <h1>Compare {countRuns(runs.length)}</h1>
        {notes.length > 0 && (
          <span className="Compare-notes" role="status">
            {notes.join("; ")}
          </span>
        )}
        <div className="Compare-tools">
          <SearchField label="Filter rows" value={needle} onChange={setNeedle} />
          <label className="Compare-switch">
            <input
              type="checkbox"
              checked={isDifferent}
              disabled={differing === 0}
              data-testid="differences-only"
              onChange={(event) => changeQuery({ all: event.target.checked ? undefined : "1" })}
            />
            Differences only
          </label>
          <span className="Compare-count">
            {shown.length} of {rows.length} rows
          </span>
          <CopyButton text={compareText(runs, shown)} label="Copy table" withLabel />
        </div>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key */}
      <div className="Compare-scroll" ref={setScroller} tabIndex={0}>
        <CompareTable
          runs={runs}
          rows={shown}
          scroller={scroller}
          lit={lit}
          directions={directions}
          onDirection={(key, word) =>
            changeQuery({ best: writeDirections(new Map(directions).set(key, word)) })
          }
          onRemove={runs.length > 1 ? remove : undefined}
        />
        {differing === 0 && runs.length > 1 && (
          <p className="Compare-note">These runs do not differ in anything that was recorded.</p>
        )}
        {shown.length === 0 && <p className="Compare-note">No row is called “{needle}”.</p>}
        <SharedCharts runs={runs} lit={lit} />
        <Suspense fallback={null}>
          <CompareImages runs={runs} />
        </Suspense>
      </div>
    </div>
  );
}

type SharedChartsProps = { runs: readonly RunRow[]; lit: ReturnType<typeof makeLit> };

/** The metrics that several of the runs have, laid over each other. */
function SharedCharts({ runs, lit }: SharedChartsProps) {
  const { query } = useLocation();
  const queryText = query.toString();
  const [settings, setSettings] = useDelayed<LineSettings>(
    // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the query
    useMemo(() => readSettings(query), [queryText]),
    (next) => changeQuery(settingsQuery(next)),
  );
  const [filter, setFilter] = useDelayed(query.get("find") ?? "", (find) => changeQuery({ find }));
  const keys = useMemo(() => sharedMetrics(runs), [runs]);
  const matching = useMemo(() => matchingKeys(keys, filter), [keys, filter]);
  if (keys.length === 0) return null;
  return (
    <section className="Compare-charts" aria-label="Shared metrics" data-testid="compare-charts">
      <ChartToolbar
        settings={settings}
        onSettings={setSettings}
        filter={filter}
        onFilter={setFilter}
        count={filter ? `${matching.length} of ${keys.length}` : String(keys.length)}
      />
      <RunPanels metricKeys={matching} rows={runs} settings={settings} lit={lit} />
    </section>
  );
}
