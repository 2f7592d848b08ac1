import type { ReactNode } from "react";
import { X_AXES, X_AXIS_NAMES } from "../../charts/horizontal";
import type { LineSettings } from "../../charts/lineDefaults";
import { SearchField } from "../../components/SearchField";
import { Segmented } from "../../components/Segmented";
import { useSlash } from "../useSlash";
import { MOST_SMOOTHING } from "./chartSettings";
import "./ChartToolbar.css";

export type ChartToolbarProps = {
  settings: LineSettings;
  onSettings: (settings: LineSettings) => void;
  filter: string;
  onFilter: (filter: string) => void;
  /** What the filter leaves: `12 of 60`. */
  count: string;
  /** Buttons at the end. */
  tools?: ReactNode;
};

const AXES = X_AXES.map((id) => ({ id, label: X_AXIS_NAMES[id] }));

/** How all charts of the page are drawn, and which. */
export function ChartToolbar(props: ChartToolbarProps) {
  const { settings, onSettings, filter, onFilter, count, tools } = props;
  const smoothing = settings.smoothing;
  const filterBox = useSlash();
  return (
    <div className="ChartToolbar" role="toolbar" aria-label="All charts">
      <SearchField ref={filterBox} label="Filter metrics" value={filter} onChange={onFilter} />
      <span className="Section-count ChartToolbar-count">{count}</span>
      <Segmented
        label="X axis"
        segments={AXES}
        active={settings.xAxis}
        onChange={(xAxis) => onSettings({ ...settings, xAxis })}
      />
      <label className="ChartToolbar-item">
        Smoothing
        <input
          type="range"
          min={0}
          max={MOST_SMOOTHING}
          step={0.01}
          value={smoothing}
          onChange={(event) => onSettings({ ...settings, smoothing: Number(event.target.value) })}
        />
        <output className="ChartToolbar-output">{smoothing ? smoothing.toFixed(2) : "off"}</output>
      </label>
      <label className="ChartToolbar-item">
        <input
          type="checkbox"
          checked={settings.isLog}
          onChange={(event) => onSettings({ ...settings, isLog: event.target.checked })}
        />
        Log y
      </label>
      {tools && <span className="ChartToolbar-tools">{tools}</span>}
    </div>
  );
}
