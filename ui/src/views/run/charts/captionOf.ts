import { countNotPositive } from "../../../charts/gaps";
import type { XAxis } from "../../../charts/horizontal";
import type { LineSettings } from "../../../charts/lineDefaults";
import type { Points } from "../../../charts/points";
import { formatCount } from "../../../format/numbers";

export type CaptionFacts = {
  curves: readonly Points[];
  settings: LineSettings;
  /** The axis that was asked for, which may not be the one that can show something. */
  wantedAxis: XAxis;
  isThinned: boolean;
  isZoomed: boolean;
};

/** What a curve does not show by itself: points left out, values that cannot be drawn. */
export function captionOf(facts: CaptionFacts): string {
  const { curves, settings, wantedAxis, isThinned, isZoomed } = facts;
  const values = curves.flatMap((points) => [...points.values]);
  const count = values.length;
  const notes: string[] = [];
  if (isThinned) {
    const hint = isZoomed ? "zoom in further for all" : "drag to zoom in";
    notes.push(`${formatCount(count)} points, every peak among them; ${hint}`);
  } else if (isZoomed) {
    notes.push("Every point; double-click to zoom out");
  }
  const nan = values.filter(Number.isNaN).length;
  const infinite = count - nan - values.filter(Number.isFinite).length;
  if (nan > 0) notes.push(`${formatCount(nan)} NaN`);
  if (infinite > 0) notes.push(`${formatCount(infinite)} infinite`);
  const hidden = settings.isLog ? countNotPositive(values) : 0;
  if (hidden > 0) notes.push(`${formatCount(hidden)} at or below 0 have no place on a log axis`);
  if (settings.xAxis !== wantedAxis && count > 1) {
    notes.push(`all at step ${curves[0]?.steps[0] ?? 0}, so drawn over time`);
  }
  return notes.join(" · ");
}
