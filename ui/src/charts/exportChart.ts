import type { ChartTheme } from "./chartTheme";
import type { LineSeries } from "./lineDefaults";

/** The points of all series as CSV, one line a point, values with all their digits. */
export function pointsCsv(series: readonly LineSeries[]): string {
  const lines = ["series,step,timestamp_ms,value"];
  for (const { label, points } of series) {
    for (const [index, value] of points.values.entries()) {
      lines.push([quote(label), points.steps[index], points.times[index], value].join(","));
    }
  }
  return `${lines.join("\r\n")}\r\n`;
}

/** The chart's canvas with its title above it, on the page's background. */
export async function chartPng(
  canvas: HTMLCanvasElement,
  title: string,
  theme: ChartTheme,
): Promise<Blob> {
  const scale = devicePixelRatio;
  const band = 28 * scale;
  const sheet = document.createElement("canvas");
  sheet.width = canvas.width;
  sheet.height = canvas.height + band;
  const ctx = sheet.getContext("2d");
  if (!ctx) throw new Error("This browser cannot draw images.");
  ctx.fillStyle = theme.background;
  ctx.fillRect(0, 0, sheet.width, sheet.height);
  ctx.fillStyle = theme.text;
  ctx.font = `600 ${12 * scale}px sans-serif`;
  ctx.textBaseline = "middle";
  ctx.fillText(title, 10 * scale, band / 2, sheet.width - 20 * scale);
  ctx.drawImage(canvas, 0, band);
  return new Promise((resolve, reject) => {
    sheet.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("Nothing was drawn."))));
  });
}

/** A file name from a metric's name: what file systems dislike becomes `-`. */
export function fileName(title: string, extension: string): string {
  return `${title.replace(/[^\w.-]+/g, "-").replace(/^-+|-+$/g, "") || "chart"}.${extension}`;
}

/** Hand a file to the browser's downloads. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the address after this turn; freeing it at once would cancel that.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
