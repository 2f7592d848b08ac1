import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import type { LineSettings } from "../../../charts/lineDefaults";
import { EmptyState } from "../../../components/EmptyState";
import { Snippet } from "../../../components/Snippet";
import { changeQuery, useLocation } from "../../../routing/useLocation";
import { CURVES_KEY } from "../../../store/useCurves";
import type { Run } from "../../../wire/types";
import { ChartToolbar } from "../../charts/ChartToolbar";
import { readSettings, settingsQuery } from "../../charts/chartSettings";
import { matchingKeys, metricGroups } from "../../charts/metricGroups";
import { rankSets, splitRank } from "../../charts/ranks";
import { useDelayed } from "../../charts/useDelayed";
import { FocusedMetric } from "./FocusedMetric";
import { MetricGroupSection } from "./MetricGroupSection";
import "./ChartsTab.css";

export type ChartsTabProps = { run: Run };

/** A run's metrics as curves, one panel each, grouped by prefix; or one of them, large. */
export function ChartsTab({ run }: ChartsTabProps) {
  const { query } = useLocation();
  const keptSettings = query.toString();
  const [settings, setSettings] = useDelayed<LineSettings>(
    // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the query
    useMemo(() => readSettings(query), [keptSettings]),
    (next) => changeQuery(settingsQuery(next)),
  );
  const [filter, setFilter] = useDelayed(query.get("find") ?? "", (find) => changeQuery({ find }));
  useFinalRead(run);

  const metrics = run.data?.metrics;
  const sets = useMemo(
    () => new Map(rankSets((metrics ?? []).map(({ key }) => key)).map((set) => [set.name, set])),
    [metrics],
  );
  const keys = [...sets.keys()];
  if (keys.length === 0) return <NoMetrics isRunning={run.info.status === "RUNNING"} />;
  const shown = matchingKeys(keys, filter);
  const wanted = query.get("metric");
  const focused = wanted ? splitRank(wanted).name : undefined;
  return (
    <div className="ChartsTab" data-testid="charts">
      <ChartToolbar
        settings={settings}
        onSettings={setSettings}
        filter={filter}
        onFilter={setFilter}
        count={filter ? `${shown.length} of ${keys.length}` : String(keys.length)}
      />
      {focused ? (
        <FocusedMetric
          key={focused}
          run={run}
          set={sets.get(focused) ?? { name: focused, keys: [focused] }}
          siblings={shown}
          settings={settings}
        />
      ) : (
        <div className={shown.length <= 2 ? "ChartsTab-groups is-few" : "ChartsTab-groups"}>
          {metricGroups(shown).map((group) => (
            <MetricGroupSection
              key={group.name}
              group={group}
              sets={sets}
              run={run}
              settings={settings}
            />
          ))}
          {shown.length === 0 && (
            <EmptyState title="No metric matches">
              Every word of “{filter}” must stand in its name.
            </EmptyState>
          )}
        </div>
      )}
    </div>
  );
}

/** When a run ends while one looks, read every curve once more: the last points count. */
function useFinalRead({ info }: Run): void {
  const client = useQueryClient();
  const wasRunning = useRef(false);
  useEffect(() => {
    const isRunning = info.status === "RUNNING";
    if (wasRunning.current && !isRunning) {
      void client.invalidateQueries({ queryKey: CURVES_KEY });
    }
    wasRunning.current = isRunning;
  }, [client, info.status]);
}

function NoMetrics({ isRunning }: { isRunning: boolean }) {
  return (
    <EmptyState title={isRunning ? "No metrics yet" : "This run logged no metrics"}>
      <p>
        {isRunning
          ? "A curve appears here by itself when the first value arrives:"
          : "A metric logged with a step becomes a curve:"}
      </p>
      <Snippet label="Copy the line" code={'mlflow.log_metric("train/loss", loss, step=epoch)'} />
    </EmptyState>
  );
}
