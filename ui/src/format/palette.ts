/** How many run colours the tokens define, as `--run-1` to `--run-12`. */
export const RUN_COLORS = 12;

/** The colour at a place of the palette as a CSS value; it follows the theme. */
export function paletteColor(index: number): string {
  return `var(--run-${(index % RUN_COLORS) + 1})`;
}
