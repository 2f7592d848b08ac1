import type { XAxis } from "./horizontal";
import type { Points } from "./points";

/** One curve: the points of one metric of one run. */
export type LineSeries = {
  /** Whose curve it is; the curves of one run light up together. */
  id: string;
  label: string;
  /** A CSS colour or `var(--name)`; it follows the theme. */
  color: string;
  dash?: number[];
  points: Points;
  /** Where its own relative time starts, if not where the chart's does. */
  originMs?: number;
};

/** How curves are drawn, alike for all charts of a page. */
export type LineSettings = {
  xAxis: XAxis;
  /** Weight of the moving average, from 0 (off) to below 1. */
  smoothing: number;
  isLog: boolean;
};

export type XRange = { min: number; max: number };

export const LINE_DEFAULTS: LineSettings = { xAxis: "step", smoothing: 0, isLog: false };

/** Sizes of a chart, in CSS pixels. */
export const LINE_SIZES = {
  width: 1.5,
  rawAlpha: 0.28,
  /** A curve in the light, and those that are not while one is. */
  litWidth: 2.5,
  dimAlpha: 0.3,
  /** Below this many pixels between points, they are not drawn as dots. */
  pointSpace: 14,
  pointSize: 4,
  /** With more curves than these, none has dots. */
  dottedSeries: 4,
  tickSpaceX: 64,
  tickSpaceY: 32,
} as const;
