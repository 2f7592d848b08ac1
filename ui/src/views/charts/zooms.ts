import { X_AXES, type XAxis } from "../../charts/horizontal";
import type { XRange } from "../../charts/lineDefaults";

/** A zoom is a stretch of one axis; on another axis it means nothing. */
export type PanelZoom = { axis: XAxis; range: XRange };

/** Enough for wall time, which is seconds since 1970, to the tenth of a millisecond. */
const DIGITS = 14;

/**
 * The zooms of a page's panels by their titles, as they stand in its address.
 *
 * Written `title~axis~from~to`, several joined by `;`. What is no zoom is left out.
 */
export function readZooms(text: string | null): Map<string, PanelZoom> {
  const zooms = new Map<string, PanelZoom>();
  for (const part of (text ?? "").split(";")) {
    const [title, axisName, min, max] = part.split("~");
    const axis = X_AXES.find((each) => each === axisName);
    const range = { min: Number(min || Number.NaN), max: Number(max || Number.NaN) };
    const isRange = Number.isFinite(range.max - range.min) && range.min < range.max;
    if (title && axis && isRange) zooms.set(decoded(title), { axis, range });
  }
  return zooms;
}

/** The same as text; without zooms nothing. */
export function formatZooms(zooms: ReadonlyMap<string, PanelZoom>): string {
  return [...zooms]
    .map(([title, { axis, range }]) =>
      [encoded(title), axis, tidy(range.min), tidy(range.max)].join("~"),
    )
    .join(";");
}

function tidy(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}

function encoded(title: string): string {
  return title.replace(/[%~;]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

function decoded(title: string): string {
  return title.replace(/%(25|7e|3b)/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
