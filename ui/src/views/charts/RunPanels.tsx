import type { LineSettings } from "../../charts/lineDefaults";
import type { Lit } from "../../charts/lit";
import type { RunRow } from "../../store/rows";
import { BarPanel } from "./BarPanel";
import { LinePanel } from "./LinePanel";
import { type MetricGroup, metricGroups, shortName } from "./metricGroups";
import { splitKinds } from "./metricKinds";
import "./MetricGroup.css";

export type RunPanelsProps = {
  metricKeys: readonly string[];
  rows: readonly RunRow[];
  settings: LineSettings;
  lit: Lit;
};

/** One panel a metric, grouped by prefix: curves of all runs first, single values as bars. */
export function RunPanels({ metricKeys, rows, settings, lit }: RunPanelsProps) {
  return (
    <div className={metricKeys.length <= 2 ? "RunPanels is-few" : "RunPanels"}>
      {metricGroups(metricKeys).map((group) => (
        <PanelGroup key={group.name} group={group} rows={rows} settings={settings} lit={lit} />
      ))}
    </div>
  );
}

type PanelGroupProps = Omit<RunPanelsProps, "metricKeys"> & { group: MetricGroup };

function PanelGroup({ group, rows, settings, lit }: PanelGroupProps) {
  const { curves, values } = splitKinds(group.keys, rows);
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
      {curves.length > 0 && (
        <div className="MetricGroup-grid">
          {curves.map((key) => (
            <LinePanel
              key={key}
              title={key}
              label={shortName(key)}
              metricKeys={[key]}
              rows={rows}
              settings={settings}
              lit={lit}
              testId={`metric-panel-${key}`}
            />
          ))}
        </div>
      )}
      {values.length > 0 && (
        <div className="MetricGroup-grid">
          {values.map((key) => (
            <BarPanel
              key={key}
              title={key}
              label={shortName(key)}
              metric={key}
              rows={rows}
              lit={lit}
              testId={`metric-panel-${key}`}
            />
          ))}
        </div>
      )}
    </details>
  );
}
