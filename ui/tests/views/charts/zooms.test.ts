import { expect, test } from "vitest";
import { formatZooms, type PanelZoom, readZooms } from "../../../src/views/charts/zooms";

test("zooms survive the address, whatever their panels are called", () => {
  const zooms = new Map<string, PanelZoom>([
    ["train/loss", { axis: "step", range: { min: 10.25, max: 20 } }],
    ["50%~;x", { axis: "time", range: { min: 1_790_000_000.125, max: 1_790_000_001 } }],
  ]);
  expect(readZooms(formatZooms(zooms))).toEqual(zooms);
  expect(formatZooms(new Map())).toBe("");
});

test("what is no zoom is left out", () => {
  for (const text of [
    null,
    "",
    "loss",
    "loss~step~2~1",
    "loss~age~1~2",
    "~step~1~2",
    "a~step~~2",
  ]) {
    expect(readZooms(text).size, String(text)).toBe(0);
  }
});
