import type { Place, Shape } from "./geometry";

/** A rectangle of the drawing. */
export type Box = { x: number; y: number; width: number; height: number };

const MOST_LATITUDE = 85.05;

/** Mercator in degrees: shapes keep their form, north is up. */
export function project([longitude, latitude]: Place): [number, number] {
  const bounded = Math.max(-MOST_LATITUDE, Math.min(MOST_LATITUDE, latitude));
  const radians = (bounded * Math.PI) / 180;
  return [longitude, -(180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + radians / 2))];
}

/** The latitude at a height of the drawing. */
export function latitudeAt(y: number): number {
  return (Math.atan(Math.sinh((-y * Math.PI) / 180)) * 180) / Math.PI;
}

/** The rectangle around all shapes with a margin; a single point gets some room too. */
export function boxOf(shapes: readonly Shape[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { parts } of shapes) {
    for (const part of parts) {
      for (const place of part) {
        const [x, y] = project(place);
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
      }
    }
  }
  const margin = Math.max(right - left, bottom - top, 0.01) * 0.06;
  const width = right - left + 2 * margin;
  return { x: left - margin, y: top - margin, width, height: bottom - top + 2 * margin };
}

/** The box, as much closer as the factor says, around a point of the drawing. */
export function zoomBox(box: Box, factor: number, [x, y]: readonly [number, number]): Box {
  return {
    x: x - (x - box.x) / factor,
    y: y - (y - box.y) / factor,
    width: box.width / factor,
    height: box.height / factor,
  };
}

/** The box, made wider or higher so that it has the form of its room; its middle stays. */
export function fillRoom(box: Box, room: { width: number; height: number }): Box {
  if (room.width === 0 || room.height === 0) return box;
  const scale = Math.max(box.width / room.width, box.height / room.height);
  const [width, height] = [scale * room.width, scale * room.height];
  return {
    x: box.x + (box.width - width) / 2,
    y: box.y + (box.height - height) / 2,
    width,
    height,
  };
}

/** Where lines of a round number of degrees run, some six across. */
export function gridLines(from: number, to: number): number[] {
  const span = Math.abs(to - from);
  if (!(span > 0) || !Number.isFinite(span)) return [];
  const rough = span / 6;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * size).find((each) => each >= rough) ?? size;
  const lines: number[] = [];
  for (let at = Math.ceil(Math.min(from, to) / step); at * step <= Math.max(from, to); at += 1) {
    lines.push(Number((at * step).toPrecision(12)));
  }
  return lines;
}

/** A path of SVG through some places. */
export function pathOf(parts: readonly (readonly Place[])[], isClosed: boolean): string {
  return parts
    .map((part) => {
      const points = part.map((place) =>
        project(place)
          .map((each) => each.toFixed(5))
          .join(" "),
      );
      return `M${points.join("L")}${isClosed ? "Z" : ""}`;
    })
    .join("");
}
