import { useMemo } from "react";
import type { ChartSpec, Field } from "../../charts/chartSpec";
import type { Lit } from "../../charts/lit";
import { ScatterChart, type Spot } from "../../charts/ScatterChart";
import type { MenuItem } from "../../components/Menu";
import { paths } from "../../routing/paths";
import type { RunRow } from "../../store/rows";
import { runColor } from "../../store/runColors";
import { ChartPanel, type PanelDrag } from "./ChartPanel";
import { areNumbers, fieldValue } from "./fieldValue";
import { PanelHead } from "./PanelHead";
import { PanelMenu } from "./PanelMenu";
import { CAPTION_HEIGHT, PANEL_HEIGHT } from "./panelSizes";

export type ScatterPanelProps = {
  title: string;
  spec: Extract<ChartSpec, { kind: "scatter" }>;
  rows: readonly RunRow[];
  lit: Lit;
  drag?: PanelDrag;
  actions?: readonly MenuItem[];
  testId: string;
};

/** Runs as points of a param or metric against a metric. */
export function ScatterPanel(props: ScatterPanelProps) {
  const { title, spec, rows, lit, drag, actions = [], testId } = props;
  const { x, y, isLogX, isLogY } = spec;
  const spots = useMemo(() => spotsOf(rows, x, y), [rows, x, y]);
  const left = rows.length - spots.length;
  return (
    <ChartPanel
      title={title}
      label={title}
      height={PANEL_HEIGHT + CAPTION_HEIGHT}
      testId={testId}
      drag={drag}
    >
      {() => (
        <>
          <PanelHead title={title} label={title} isDraggable={drag !== undefined}>
            {actions.length > 0 && <PanelMenu title={title} items={actions} />}
          </PanelHead>
          <div className="ChartPanel-body" style={{ height: PANEL_HEIGHT }}>
            {spots.length > 0 ? (
              <ScatterChart
                title={title}
                spots={spots}
                xLabel={x.key}
                yLabel={y}
                isLogX={isLogX}
                isLogY={isLogY}
                height={PANEL_HEIGHT}
                lit={lit}
              />
            ) : (
              <p className="ChartPanel-single muted">
                No shown run has both “{x.key}” and “{y}”.
              </p>
            )}
          </div>
          <p className="ChartPanel-caption">
            {spots.length > 0 && left > 0 && `${left} shown without one of the values`}
          </p>
        </>
      )}
    </ChartPanel>
  );
}

/** The runs that have both values; texts that are all numbers are read as such. */
function spotsOf(rows: readonly RunRow[], x: Field, y: string) {
  const found = rows.flatMap((row) => {
    const atX = fieldValue(row, x);
    const atY = row.metrics.get(y);
    return atX === undefined || atY === undefined ? [] : [{ row, atX, atY }];
  });
  const isNumeric = areNumbers(found.map(({ atX }) => atX));
  return found.map(
    ({ row, atX, atY }): Spot => ({
      runId: row.id,
      label: row.name,
      color: runColor(row.id),
      href: paths.run(row.experimentId, row.id),
      x: isNumeric ? Number(atX) : String(atX),
      y: atY,
    }),
  );
}
