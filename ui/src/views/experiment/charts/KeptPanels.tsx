import { useState } from "react";
import { titleOf } from "../../../charts/chartSpec";
import type { LineSettings } from "../../../charts/lineDefaults";
import type { Lit } from "../../../charts/lit";
import type { KeptChart, KeptCharts } from "../../../store/chartsTag";
import { changeCharts } from "../../../store/keptCharts";
import type { RunRow } from "../../../store/rows";
import { showToast } from "../../../store/toasts";
import { ChartEditor } from "./ChartEditor";
import type { FieldChoices } from "./fieldChoices";
import { KeptPanel } from "./KeptPanel";
import { insertedAt, movedTo, replaced, without } from "./keptOrder";

export type KeptPanelsProps = {
  experimentId: string;
  kept: KeptCharts;
  choices: FieldChoices;
  rows: readonly RunRow[];
  settings: LineSettings;
  lit: Lit;
};

/** The charts that people added to this experiment, in the order that they gave them. */
export function KeptPanels({ experimentId, kept, choices, ...sight }: KeptPanelsProps) {
  const [edited, setEdited] = useState<KeptChart>();
  const { charts } = kept;
  if (charts.length === 0 && !kept.isBroken && kept.unknown.length === 0) return null;
  const move = (id: string, to: number) =>
    void changeCharts(experimentId, (now) => ({ ...now, charts: movedTo(now.charts, id, to) }));
  const actionsOf = (chart: KeptChart, index: number) => [
    { label: "Edit…", onSelect: () => setEdited(chart) },
    ...(index > 0 ? [{ label: "Move forward", onSelect: () => move(chart.id, index - 1) }] : []),
    ...(index < charts.length - 1
      ? [{ label: "Move back", onSelect: () => move(chart.id, index + 1) }]
      : []),
    {
      label: "Remove",
      isDanger: true,
      onSelect: () => void removeChart(experimentId, chart, index),
    },
  ];
  return (
    <section
      className="MetricGroup KeptPanels"
      aria-label="Added charts"
      data-testid="kept-charts"
    >
      <header className="KeptPanels-head">
        <h2>Added charts</h2>
        <span className="Section-count">{charts.length}</span>
      </header>
      {kept.isBroken && (
        <p className="KeptPanels-note" role="alert">
          The tag <code>epochal.charts</code> of this experiment is not readable, so the charts
          that it kept are not shown. Adding a chart replaces it.
        </p>
      )}
      {kept.unknown.length > 0 && (
        <p className="KeptPanels-note">
          {kept.unknown.length} of a kind that this version does not know; kept as they are.
        </p>
      )}
      <div className="MetricGroup-grid">
        {charts.map((chart, index) => (
          <KeptPanel
            key={chart.id}
            chart={chart}
            drag={{ id: chart.id, onDrop: (dragged) => move(dragged, index) }}
            actions={actionsOf(chart, index)}
            {...sight}
          />
        ))}
      </div>
      {edited && (
        <ChartEditor
          chart={edited}
          choices={choices}
          onSave={(next) =>
            changeCharts(experimentId, (now) => ({ ...now, charts: replaced(now.charts, next) }))
          }
          onClose={() => setEdited(undefined)}
        />
      )}
    </section>
  );
}

/** Remove a chart, and offer to put it back where it stood. */
async function removeChart(experimentId: string, chart: KeptChart, index: number): Promise<void> {
  const isDone = await changeCharts(experimentId, (now) => ({
    ...now,
    charts: without(now.charts, chart.id),
  }));
  if (!isDone) return;
  const putBack = () =>
    changeCharts(experimentId, (now) => ({
      ...now,
      charts: insertedAt(now.charts, chart, index),
    }));
  showToast({
    kind: "done",
    text: `Removed the chart ${chart.title || titleOf(chart.spec)}.`,
    action: { label: "Undo", run: () => void putBack() },
  });
}
