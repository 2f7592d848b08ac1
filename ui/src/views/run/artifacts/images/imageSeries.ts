import type { FileInfo } from "../../../../wire/types";

/** One image of a series. */
export type SeriesImage = {
  path: string;
  /** A smaller copy beside it, where there is one. */
  smallPath: string | undefined;
  step: number;
  timestamp: number;
};

/** The images that `log_image(key=…, step=…)` kept under one key, by step. */
export type ImageSeries = { key: string; images: SeriesImage[] };

/** The folder in which series are kept. */
export const SERIES_FOLDER = "images";

// `<key>+step+<n>+timestamp+<ms>+<id>.png`, its copy `…+compressed.webp`; older clients wrote
// `%` for the sign between and `~` before the copy's word. A `/` of the key stands as one of
// `~` or `#`.
const NAME =
  /^(.+)([+%])step\2(-?\d+)\2timestamp\2(\d+)\2([^+%~]+?)(?:([+%~])compressed)?\.(\w+)$/;

/** The series among the files of a folder, by key; other files are left out. */
export function imageSeries(files: readonly FileInfo[]): ImageSeries[] {
  const found = new Map<string, Map<string, SeriesImage>>();
  for (const file of files) {
    const parsed = file.is_dir ? undefined : parseName(file.path);
    if (!parsed) continue;
    const images = found.get(parsed.key) ?? new Map<string, SeriesImage>();
    found.set(parsed.key, images);
    const known = images.get(parsed.id);
    const { step, timestamp } = parsed;
    images.set(parsed.id, {
      path: parsed.isSmall ? (known?.path ?? file.path) : file.path,
      smallPath: parsed.isSmall ? file.path : known?.smallPath,
      step,
      timestamp,
    });
  }
  return [...found]
    .map(([key, images]) => ({
      key,
      images: [...images.values()].sort((a, b) => a.step - b.step || a.timestamp - b.timestamp),
    }))
    .sort((a, b) => a.key.localeCompare(b.key));
}

function parseName(path: string) {
  const match = NAME.exec(path.slice(path.lastIndexOf("/") + 1));
  if (!match) return undefined;
  const [, key = "", , step, timestamp, id = "", small] = match;
  return {
    key: key.replaceAll(/[~#]/g, "/"),
    step: Number(step),
    timestamp: Number(timestamp),
    id: `${step} ${timestamp} ${id}`,
    isSmall: small !== undefined,
  };
}

/** All steps of some series, ascending, each once. */
export function stepsOf(series: readonly ImageSeries[]): number[] {
  const steps = new Set(series.flatMap(({ images }) => images.map(({ step }) => step)));
  return [...steps].sort((a, b) => a - b);
}

/** The image of a series at a step, or the last before it; undefined before the first. */
export function imageAt(series: ImageSeries | undefined, step: number): SeriesImage | undefined {
  return series?.images.findLast((image) => image.step <= step);
}
