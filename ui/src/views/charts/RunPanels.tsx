import { useMemo } from "react";
import type { LineSettings } from "../../charts/lineDefaults";
import type { Lit } from "../../charts/lit";
import type { RunRow } from "../../store/rows";
import { BarPanel } from "./BarPanel";
import { LinePanel } from "./LinePanel";
import { joinLoners, type MetricGroup, metricGroups, shortName } from "./metricGroups";
import { splitKinds } from "./metricKinds";
import { rankSets } from "./ranks";
import "./MetricGroup.css";

export type RunPanelsProps = {
  metricKeys: readonly string[];
  /** Metrics of which the rows tell whether they are curves; all, where it is not said. */
  asked?: readonly string[];
  rows: readonly RunRow[];
  settings: LineSettings;
  lit: Lit;
};

/** One panel a metric: curves of all runs, grouped by prefix; then single values as bars. */
export function RunPanels({
  metricKeys,
  asked = metricKeys,
  rows,
  settings,
  lit,
}: RunPanelsProps) {
  const { curves, values } = useMemo(
    () => splitKinds(metricKeys, rows, asked),
    [metricKeys, rows, asked],
  );
  const sets = useMemo(
    () => new Map(rankSets(curves).map((set) => [set.name, set.keys])),
    [curves],
  );
  return (
    <div className={metricKeys.length <= 2 ? "RunPanels is-few" : "RunPanels"}>
      {joinLoners(metricGroups([...sets.keys()])).map((group) => (
        <CurveGroup
          key={group.name}
          group={group}
          sets={sets}
          rows={rows}
          settings={settings}
          lit={lit}
        />
      ))}
      {values.length > 0 && (
        <details className="MetricGroup" open data-testid="single-values">
          <summary>
            <h2>Single values</h2>
            <span className="Section-count">{values.length}</span>
          </summary>
          <div className="MetricGroup-grid">
            {values.map((key) => (
              <BarPanel
                key={key}
                title={key}
                metric={key}
                rows={rows}
                lit={lit}
                testId={`metric-panel-${key}`}
              />
            ))}
          </div>
        </details>
      )}
    </div>
  );
}

type CurveGroupProps = Omit<RunPanelsProps, "metricKeys" | "asked"> & {
  group: MetricGroup;
  sets: ReadonlyMap<string, readonly string[]>;
};

function CurveGroup({ group, sets, rows, settings, lit }: CurveGroupProps) {
  return (
    // The machine's own metrics are many and seldom asked for: they wait folded.
    <details
      className="MetricGroup"
      open={!group.isSystem}
      data-testid={`metric-group-${group.name}`}
    >
      <summary>
        <h2>{group.isSystem ? "System metrics" : group.name || "Metrics"}</h2>
        <span className="Section-count">{group.keys.length}</span>
      </summary>
      <div className="MetricGroup-grid">
        {group.keys.map((key) => (
          <LinePanel
            key={key}
            title={key}
            label={group.name ? shortName(key) : key}
            metricKeys={sets.get(key) ?? [key]}
            rows={rows}
            settings={settings}
            lit={lit}
            testId={`metric-panel-${key}`}
          />
        ))}
      </div>
    </details>
  );
}
