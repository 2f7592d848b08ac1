import type { RunRow } from "../../../store/rows";

/** Which runs are drawn before any eye is touched: those selected, or so many of the first. */
export type Sight = "selected" | number;

/** How many of the first runs one can choose to see; the last is what a panel can bear. */
export const SIGHTS = [20, 50, 100] as const;

/** The sight that an address asks for; a selection is what one wants to see. */
export function readSight(text: string | null, selected: number): Sight {
  const count = Number(text);
  if (SIGHTS.some((each) => each === count)) return count;
  return selected > 0 ? "selected" : SIGHTS[0];
}

/** The runs that are drawn, in the order of the list. */
export function shownRuns(
  rows: readonly RunRow[],
  sight: Sight,
  selection: ReadonlySet<string>,
  eyes: ReadonlyMap<string, boolean>,
): RunRow[] {
  return rows
    .filter(
      ({ id }, index) =>
        eyes.get(id) ?? (sight === "selected" ? selection.has(id) : index < sight),
    )
    .slice(0, SIGHTS.at(-1));
}
