import type { Lit } from "../../charts/lit";
import type { MenuItem } from "../../components/Menu";
import type { RunRow } from "../../store/rows";
import { ChartPanel, type PanelDrag } from "./ChartPanel";
import { PanelHead } from "./PanelHead";
import { PanelMenu } from "./PanelMenu";
import { CAPTION_HEIGHT, PANEL_HEIGHT } from "./panelSizes";
import { ValueBars } from "./ValueBars";

export type BarPanelProps = {
  title: string;
  label?: string;
  metric: string;
  rows: readonly RunRow[];
  lit: Lit;
  drag?: PanelDrag;
  actions?: readonly MenuItem[];
  testId: string;
};

/** The latest values of one metric, run by run. */
export function BarPanel(props: BarPanelProps) {
  const { title, label = title, metric, rows, lit, drag, actions = [], testId } = props;
  // A panel of few runs is as low as they need.
  const count = rows.filter(({ metrics }) => metrics.has(metric)).length;
  const height = Math.min(PANEL_HEIGHT, Math.max(1, count) * 20);
  return (
    <ChartPanel
      title={title}
      label={label}
      height={height + CAPTION_HEIGHT}
      testId={testId}
      drag={drag}
    >
      {() => (
        <>
          <PanelHead title={title} label={label} isDraggable={drag !== undefined}>
            {actions.length > 0 && <PanelMenu title={title} items={actions} />}
          </PanelHead>
          <div className="ChartPanel-body">
            <ValueBars metric={metric} rows={rows} lit={lit} />
          </div>
          <p className="ChartPanel-caption" />
        </>
      )}
    </ChartPanel>
  );
}
