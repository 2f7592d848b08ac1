/** The steps of a zoom, as factors of a picture's own size. */
const STEPS = [0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12, 16];
export const MOST_ZOOM = 16;
const LITTLE = 0.001;

/** The next larger step. */
export function zoomIn(scale: number): number {
  return STEPS.find((step) => step > scale + LITTLE) ?? MOST_ZOOM;
}

/** The next smaller step. */
export function zoomOut(scale: number): number {
  return STEPS.findLast((step) => step < scale - LITTLE) ?? STEPS[0] ?? scale;
}
