import { useState } from "react";
import type { LineSettings } from "../../charts/lineDefaults";
import type { Lit } from "../../charts/lit";
import type { MenuItem } from "../../components/Menu";
import type { RunRow } from "../../store/rows";
import { ChartPanel, type PanelDrag } from "./ChartPanel";
import { LinePanelContent } from "./LinePanelContent";
import { CAPTION_HEIGHT, PANEL_HEIGHT } from "./panelSizes";
import { useZoom } from "./useZoom";

export type LinePanelProps = {
  title: string;
  /** What the head says, if not the title. */
  label?: string;
  metricKeys: readonly string[];
  rows: readonly RunRow[];
  settings: LineSettings;
  lit: Lit;
  drag?: PanelDrag;
  /** What else can be done with this panel. */
  actions?: readonly MenuItem[];
  testId: string;
};

/** Curves of one or more metrics of several runs. The view outlives being out of sight. */
export function LinePanel(props: LinePanelProps) {
  const { title, label = title, drag, testId } = props;
  const [zoomed, setZoomed] = useZoom(title);
  const [isTable, setTable] = useState(false);
  return (
    <ChartPanel
      title={title}
      label={label}
      height={PANEL_HEIGHT + CAPTION_HEIGHT}
      testId={testId}
      drag={drag}
    >
      {() => (
        <LinePanelContent
          {...props}
          zoomed={zoomed}
          onZoomed={setZoomed}
          isTable={isTable}
          onTable={setTable}
        />
      )}
    </ChartPanel>
  );
}
