import { useState } from "react";
import type { LineSettings } from "../../../charts/lineDefaults";
import type { Run } from "../../../wire/types";
import { shortName } from "../../charts/metricGroups";
import type { MetricSet } from "../../charts/ranks";
import { useOnScreen } from "../../charts/useOnScreen";
import { useZoom } from "../../charts/useZoom";
import { MetricPanelContent } from "./MetricPanelContent";
import "../../charts/ChartPanel.css";

export type MetricPanelProps = {
  /** One metric, by rank where several writers measured it. */
  set: MetricSet;
  run: Run;
  settings: LineSettings;
  /** Height of the drawing; a panel on its own is larger. */
  height?: number;
  /** The panel stands alone, so its whole name is shown and nothing leads to it. */
  isAlone?: boolean;
  /** Probably one value only, which needs a line and no drawing; more points make it one. */
  isLine?: boolean;
};

const SMALL_PANEL = 176;
const CAPTION = 18;

/** One metric's panel. It reads and draws only while on screen; the view outlives that. */
export function MetricPanel(props: MetricPanelProps) {
  const { set, height = SMALL_PANEL, isAlone = false, isLine = false } = props;
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const [zoomed, setZoomed] = useZoom(set.name);
  const [isTable, setTable] = useState(false);
  const isOnScreen = useOnScreen(place);
  return (
    <section
      className="ChartPanel"
      ref={setPlace}
      aria-label={set.name}
      data-testid={`metric-panel-${set.name}`}
    >
      {isOnScreen ? (
        <MetricPanelContent
          {...props}
          height={height}
          isAlone={isAlone}
          isLine={isLine}
          zoomed={zoomed}
          onZoomed={setZoomed}
          isTable={isTable}
          onTable={setTable}
        />
      ) : (
        <>
          <header className="ChartPanel-head">
            <span className="ChartPanel-name clip">{shortName(set.name)}</span>
          </header>
          {!isLine && <div style={{ height: height + CAPTION }} />}
        </>
      )}
    </section>
  );
}
