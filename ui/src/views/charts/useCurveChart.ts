import { useMemo } from "react";
import { windowOf, type XAxis } from "../../charts/horizontal";
import type { LineSettings } from "../../charts/lineDefaults";
import { type CurvesAsked, useCurveDetail, useCurves } from "../../store/useCurves";
import { useSettled } from "../../store/useSettled";
import type { Curve } from "../../wire/curves";
import { usefulAxis } from "./chartSettings";
import type { PanelZoom } from "./zooms";

/** How far beyond a zoom's edges points are read, as a share of its width. */
const MARGIN = 0.5;
/** While one drags on, nothing is asked. */
const SETTLE_MS = 120;
const NONE: readonly Curve[] = [];

/** The curves of a chart as they should be drawn now: whole, or the zoomed stretch in detail. */
export function useCurveChart(
  asked: Omit<CurvesAsked, "axis">,
  wanted: LineSettings,
  zoomed: PanelZoom | undefined,
) {
  const found = useCurves({ ...asked, axis: wanted.xAxis });
  const overview = found.curves ?? NONE;
  const xAxis = axisOf(wanted.xAxis, overview);
  const settings = useMemo(() => ({ ...wanted, xAxis }), [wanted, xAxis]);
  const zoom = zoomed?.axis === xAxis ? zoomed.range : undefined;
  const isAsking = zoom !== undefined && !found.isWhole;
  const window = useMemo(
    () => (isAsking && zoom ? windowOf(xAxis, zoom, MARGIN) : undefined),
    [isAsking, zoom, xAxis],
  );
  const settled = useSettled(window, SETTLE_MS);
  const detail = useCurveDetail({ ...asked, axis: xAxis }, window && settled);
  const curves = window && settled && detail ? detail : overview;
  const isDetailed = curves !== overview;
  return {
    found,
    curves,
    settings,
    zoom,
    /** Points were left out of what is shown. */
    isThinned: isDetailed ? curves.some(({ isWhole }) => !isWhole) : !found.isWhole,
  };
}

/** Curves that all lie at one step each are shown over time since the start. */
function axisOf(wanted: XAxis, curves: readonly Curve[]): XAxis {
  const long = curves.filter(({ points }) => points.steps.length > 1);
  const isFlat = long.every(({ points }) => usefulAxis(wanted, points.steps) !== wanted);
  return long.length > 0 && isFlat ? "relative" : wanted;
}
