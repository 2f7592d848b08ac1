/** The room of a chart of several runs, in CSS pixels. */
export const PANEL_HEIGHT = 208;
export const CAPTION_HEIGHT = 18;
