/** How many run colours the tokens define, as `--run-1` to `--run-12`. */
export const RUN_COLORS = 12;

/** The index (0–11) of a run's colour: from its id alone, so it is the same everywhere. */
export function runColorIndex(runId: string): number {
  let hash = 2166136261;
  for (let index = 0; index < runId.length; index += 1) {
    hash = Math.imul(hash ^ runId.charCodeAt(index), 16777619);
  }
  return (hash >>> 0) % RUN_COLORS;
}

/** A run's colour as a CSS value; it follows the theme. */
export function runColor(runId: string): string {
  return `var(--run-${runColorIndex(runId) + 1})`;
}
