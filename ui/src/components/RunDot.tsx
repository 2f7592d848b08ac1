import { runColor } from "../store/runColors";
import "./RunDot.css";

export type RunDotProps = { runId: string; color?: string };

/** The colour by which a run is known in tables, curves and tooltips. */
export function RunDot({ runId, color }: RunDotProps) {
  return (
    <span className="RunDot" style={{ background: color ?? runColor(runId) }} aria-hidden="true" />
  );
}
