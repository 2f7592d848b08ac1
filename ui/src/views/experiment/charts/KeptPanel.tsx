import { titleOf } from "../../../charts/chartSpec";
import type { LineSettings } from "../../../charts/lineDefaults";
import type { Lit } from "../../../charts/lit";
import type { MenuItem } from "../../../components/Menu";
import type { KeptChart } from "../../../store/chartsTag";
import type { RunRow } from "../../../store/rows";
import { BarPanel } from "../../charts/BarPanel";
import type { PanelDrag } from "../../charts/ChartPanel";
import { LinePanel } from "../../charts/LinePanel";
import { ScatterPanel } from "../../charts/ScatterPanel";

export type KeptPanelProps = {
  chart: KeptChart;
  rows: readonly RunRow[];
  settings: LineSettings;
  lit: Lit;
  drag: PanelDrag;
  actions: readonly MenuItem[];
};

/** One chart that somebody made, drawn for the shown runs. */
export function KeptPanel({ chart, ...rest }: KeptPanelProps) {
  const { spec } = chart;
  const shared = {
    ...rest,
    title: chart.title || titleOf(spec),
    testId: `kept-chart-${chart.id}`,
  };
  switch (spec.kind) {
    case "line":
      return <LinePanel {...shared} metricKeys={spec.metrics} />;
    case "bar":
      return <BarPanel {...shared} metric={spec.metric} />;
    case "scatter":
      return <ScatterPanel {...shared} spec={spec} />;
  }
}
