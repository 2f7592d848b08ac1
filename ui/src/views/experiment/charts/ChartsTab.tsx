import { useMemo, useState } from "react";
import type { LineSettings } from "../../../charts/lineDefaults";
import { makeLit } from "../../../charts/lit";
import { Button } from "../../../components/Button";
import { EmptyState } from "../../../components/EmptyState";
import { ErrorBox } from "../../../components/ErrorBox";
import { PlusIcon } from "../../../components/icons/PlusIcon";
import { Skeleton } from "../../../components/Skeleton";
import { Snippet } from "../../../components/Snippet";
import { changeQuery, useLocation } from "../../../routing/useLocation";
import { changeCharts, chartsOf } from "../../../store/keptCharts";
import type { RunRow } from "../../../store/rows";
import type { KnownField } from "../../../wire/fields";
import type { Experiment } from "../../../wire/types";
import { ChartToolbar } from "../../charts/ChartToolbar";
import { readSettings, settingsQuery } from "../../charts/chartSettings";
import { matchingKeys } from "../../charts/metricGroups";
import { RunPanels } from "../../charts/RunPanels";
import { useDelayed } from "../../charts/useDelayed";
import { QueryBar } from "../query/QueryBar";
import { NoRuns } from "../runs/NoRuns";
import type { FoundRuns } from "../useFoundRuns";
import type { Picked } from "../usePicked";
import { ViewsPicker } from "../views/ViewsPicker";
import { ChartEditor } from "./ChartEditor";
import { askedMetrics } from "./chartFields";
import { fieldChoices } from "./fieldChoices";
import { KeptPanels } from "./KeptPanels";
import { RunsPane } from "./RunsPane";
import { readSight, shownRuns } from "./shownRuns";
import "./ChartsTab.css";

export type ChartsTabProps = {
  experimentId: string;
  experiment: Experiment | undefined;
  found: FoundRuns;
  picked: Picked;
};

/** The runs of the table as curves: the list of runs stays beside their charts. */
export function ChartsTab({ experimentId, experiment, found, picked }: ChartsTabProps) {
  const { query } = useLocation();
  const { selection, eyes } = picked;
  const { rows, state, change, emptiness } = found;
  const [lit] = useState(makeLit);
  const sight = readSight(query.get("show"), selection.size);
  const shown = useMemo(
    () => shownRuns(rows, sight, selection, eyes),
    [rows, sight, selection, eyes],
  );
  return (
    <div className="RunsTab">
      <div className="RunsTab-bar">
        <QueryBar
          experimentId={experimentId}
          value={state.query}
          onChange={(text) => change({ query: text })}
          recent={found.recent}
          error={found.refusal}
        />
        <ViewsPicker experimentId={experimentId} />
      </div>
      {found.error ? (
        <ErrorBox
          title="The runs could not be loaded."
          error={found.error}
          onRetry={found.retry}
        />
      ) : emptiness ? (
        <NoRuns
          experimentName={experiment?.name}
          reason={emptiness}
          onClear={() => change({ query: "" })}
        />
      ) : (
        <div className="RunsCharts" data-testid="experiment-charts">
          <RunsPane
            found={found}
            picked={picked}
            shown={shown}
            sight={sight}
            onSight={(next) => {
              picked.setEyes(new Map());
              const usual = readSight(null, selection.size);
              changeQuery({ show: next === usual ? undefined : String(next) });
            }}
            lit={lit}
          />
          {found.isLoaded ? (
            <Sheet
              experimentId={experimentId}
              experiment={experiment}
              fields={found.fields}
              shown={shown}
              lit={lit}
            />
          ) : (
            <div className="RunsCharts-sheet">
              <Skeleton height={180} />
            </div>
          )}
        </div>
      )}
    </div>
  );
}

type SheetProps = {
  experimentId: string;
  experiment: Experiment | undefined;
  fields: readonly KnownField[];
  shown: readonly RunRow[];
  lit: ReturnType<typeof makeLit>;
};

/** The toolbar and the panels: those that people added first, then one for each metric. */
function Sheet({ experimentId, experiment, fields, shown, lit }: SheetProps) {
  const { query } = useLocation();
  const queryText = query.toString();
  const [settings, setSettings] = useDelayed<LineSettings>(
    // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the query
    useMemo(() => readSettings(query), [queryText]),
    (next) => changeQuery(settingsQuery(next)),
  );
  const [filter, setFilter] = useDelayed(query.get("find") ?? "", (find) => changeQuery({ find }));
  const [isAdding, setAdding] = useState(false);
  const choices = useMemo(() => fieldChoices(fields), [fields]);
  const kept = useMemo(
    () => (experiment ? chartsOf(experiment) : { charts: [], unknown: [], isBroken: false }),
    [experiment],
  );
  const keys = choices.metrics;
  const matching = useMemo(() => matchingKeys(keys, filter), [keys, filter]);
  return (
    <div className="RunsCharts-sheet">
      <ChartToolbar
        settings={settings}
        onSettings={setSettings}
        filter={filter}
        onFilter={setFilter}
        count={filter ? `${matching.length} of ${keys.length}` : String(keys.length)}
        tools={
          experiment?.lifecycle_stage === "active" &&
          keys.length > 0 && (
            <Button data-testid="add-chart" onClick={() => setAdding(true)}>
              <PlusIcon size={14} /> Add chart
            </Button>
          )
        }
      />
      <div className="RunsCharts-panels">
        {keys.length === 0 ? (
          <NoMetrics />
        ) : (
          <>
            {filter === "" && (
              <KeptPanels
                experimentId={experimentId}
                kept={kept}
                choices={choices}
                rows={shown}
                settings={settings}
                lit={lit}
              />
            )}
            {shown.length === 0 ? (
              <EmptyState title="No run is shown">Open the eye of a run in the list.</EmptyState>
            ) : (
              <RunPanels
                metricKeys={matching}
                asked={askedMetrics(fields)}
                rows={shown}
                settings={settings}
                lit={lit}
              />
            )}
            {matching.length === 0 && (
              <EmptyState title="No metric matches">
                Every word of “{filter}” must stand in its name.
              </EmptyState>
            )}
          </>
        )}
      </div>
      {isAdding && (
        <ChartEditor
          chart={undefined}
          choices={choices}
          onSave={(chart) =>
            changeCharts(experimentId, (now) => ({ ...now, charts: [...now.charts, chart] }))
          }
          onClose={() => setAdding(false)}
        />
      )}
    </div>
  );
}

function NoMetrics() {
  return (
    <EmptyState title="These runs logged no metrics">
      <p>A metric logged with a step becomes a curve:</p>
      <Snippet label="Copy the line" code={'mlflow.log_metric("train/loss", loss, step=epoch)'} />
    </EmptyState>
  );
}
