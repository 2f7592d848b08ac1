/** Patterns for runs that share a colour: the first of them is drawn solid. */
export const DASHES: readonly (number[] | undefined)[] = [
  undefined,
  [6, 4],
  [2, 3],
  [10, 3, 2, 3],
  [14, 4],
];

/** The pattern of each run among these, so that runs of one colour can be told apart. */
export function dashesOf(
  runIds: readonly string[],
  colorOf: (runId: string) => number,
): ReadonlyMap<string, number[] | undefined> {
  const taken = new Map<number, number>();
  const dashes = new Map<string, number[] | undefined>();
  for (const id of runIds) {
    const color = colorOf(id);
    const count = taken.get(color) ?? 0;
    taken.set(color, count + 1);
    dashes.set(id, DASHES[count % DASHES.length]);
  }
  return dashes;
}
