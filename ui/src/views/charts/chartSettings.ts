import { X_AXES, type XAxis } from "../../charts/horizontal";
import { LINE_DEFAULTS, type LineSettings } from "../../charts/lineDefaults";

/** Above this the average hardly moves at all. */
export const MOST_SMOOTHING = 0.99;

/** Settings as they stand in the address; what is absent or wrong is the default. */
export function readSettings(query: URLSearchParams): LineSettings {
  const smoothing = Number(query.get("smooth") ?? Number.NaN);
  return {
    xAxis: X_AXES.find((axis) => axis === query.get("x")) ?? LINE_DEFAULTS.xAxis,
    smoothing: smoothing > 0 && smoothing < 1 ? Math.min(MOST_SMOOTHING, smoothing) : 0,
    isLog: query.get("log") === "1",
  };
}

/** Settings as values of the address; defaults are left out. */
export function settingsQuery(settings: LineSettings): Record<string, string | undefined> {
  return {
    x: settings.xAxis === LINE_DEFAULTS.xAxis ? undefined : settings.xAxis,
    smooth: settings.smoothing > 0 ? String(settings.smoothing) : undefined,
    log: settings.isLog ? "1" : undefined,
  };
}

/**
 * The axis on which a curve can be seen: points that all lie at one step, as they do when
 * nobody passed one, are shown over time.
 */
export function usefulAxis(wanted: XAxis, steps: ArrayLike<number>): XAxis {
  if (wanted !== "step" || steps.length < 2) return wanted;
  return steps[0] === steps[steps.length - 1] ? "relative" : "step";
}
