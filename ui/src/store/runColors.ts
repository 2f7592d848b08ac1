import { paletteColor, RUN_COLORS } from "../format/palette";
import { isString, recall, remember } from "./remembered";

/**
 * Which colour each run has: the next of the palette when it is first seen.
 *
 * Runs are first seen in the order of the view, so neighbours differ, up to as many as there
 * are colours. A run keeps its colour in this browser, in every view.
 */
const KEY = "colors.runs";
/** More runs than these are forgotten, the longest known first. */
const KEPT = 4000;
const SAVE_MS = 500;

const places = readPlaces(recall(KEY, isString, ""));
let next = (([...places.values()].at(-1) ?? -1) + 1) % RUN_COLORS;
let isSaving = false;

/** The place (0–11) of a run's colour in the palette. */
export function runColorIndex(runId: string): number {
  const known = places.get(runId);
  if (known !== undefined) return known;
  const place = next;
  places.set(runId, place);
  next = (next + 1) % RUN_COLORS;
  if (!isSaving) setTimeout(save, SAVE_MS);
  isSaving = true;
  return place;
}

/** A run's colour as a CSS value; it follows the theme. */
export function runColor(runId: string): string {
  return paletteColor(runColorIndex(runId));
}

function save(): void {
  isSaving = false;
  remember(KEY, formatPlaces([...places].slice(-KEPT)));
}

/** `id:b,id:0`: short, as thousands of them share the browser's room with everything else. */
export function formatPlaces(entries: readonly (readonly [string, number])[]): string {
  return entries.map(([id, place]) => `${id}:${place.toString(36)}`).join(",");
}

/** Read what `formatPlaces` wrote; what it did not write is left out. */
export function readPlaces(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const entry of text.split(",")) {
    const cut = entry.lastIndexOf(":");
    const place = Number.parseInt(entry.slice(cut + 1), 36);
    if (cut > 0 && place >= 0 && place < RUN_COLORS) found.set(entry.slice(0, cut), place);
  }
  return found;
}
