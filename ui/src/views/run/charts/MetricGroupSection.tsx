import type { LineSettings } from "../../../charts/lineDefaults";
import type { Run } from "../../../wire/types";
import { MetricPanel } from "./MetricPanel";
import type { MetricGroup } from "./metricGroups";

export type MetricGroupSectionProps = { group: MetricGroup; run: Run; settings: LineSettings };

/** The panels of one prefix under its name. It folds, and a folded one reads nothing. */
export function MetricGroupSection({ group, run, settings }: MetricGroupSectionProps) {
  const title = group.isSystem ? "System metrics" : group.name || "Metrics";
  return (
    <details className="MetricGroup" open data-testid={`metric-group-${group.name}`}>
      <summary>
        <h2>{title}</h2>
        <span className="Section-count">{group.keys.length}</span>
      </summary>
      <div className="MetricGroup-grid">
        {group.keys.map((key) => (
          <MetricPanel key={key} metricKey={key} run={run} settings={settings} />
        ))}
      </div>
    </details>
  );
}
