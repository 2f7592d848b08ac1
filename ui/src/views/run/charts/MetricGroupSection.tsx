import type { LineSettings } from "../../../charts/lineDefaults";
import type { Run } from "../../../wire/types";
import { type MetricGroup, splitSingles } from "../../charts/metricGroups";
import type { MetricSet } from "../../charts/ranks";
import { MetricPanel } from "./MetricPanel";
import "../../charts/MetricGroup.css";

export type MetricGroupSectionProps = {
  group: MetricGroup;
  sets: ReadonlyMap<string, MetricSet>;
  run: Run;
  settings: LineSettings;
};

/** The panels of one prefix under its name. It folds, and a folded one reads nothing. */
export function MetricGroupSection({ group, sets, run, settings }: MetricGroupSectionProps) {
  const title = group.isSystem ? "System metrics" : group.name || "Metrics";
  const { curves, values } = splitSingles(group.keys, run.data?.metrics ?? []);
  const setOf = (name: string) => sets.get(name) ?? { name, keys: [name] };
  return (
    <details className="MetricGroup" open data-testid={`metric-group-${group.name}`}>
      <summary>
        <h2>{title}</h2>
        <span className="Section-count">{group.keys.length}</span>
      </summary>
      {curves.length > 0 && (
        <div className="MetricGroup-grid">
          {curves.map((key) => (
            <MetricPanel key={key} set={setOf(key)} run={run} settings={settings} />
          ))}
        </div>
      )}
      {values.length > 0 && (
        <div className="MetricGroup-grid">
          {values.map((key) => (
            <MetricPanel key={key} set={setOf(key)} run={run} settings={settings} isLine />
          ))}
        </div>
      )}
    </details>
  );
}
