/** How a file is shown. `unknown` is decided by its first bytes. */
export type FileKind =
  | "image"
  | "table"
  | "json"
  | "markdown"
  | "html"
  | "text"
  | "binary"
  | "unknown";

const KINDS: Record<Exclude<FileKind, "unknown">, string> = {
  image: "png jpg jpeg gif webp bmp svg ico avif",
  table: "csv tsv",
  json: "json geojson",
  markdown: "md markdown",
  html: "html htm",
  text: "txt log py js ts tsx jsx css yaml yml toml ini cfg conf sh r sql xml rst ipynb jsonl",
  binary:
    "pkl pickle joblib npy npz pt pth bin onnx h5 hdf5 keras parquet feather arrow zip gz tgz " +
    "bz2 xz zst tar whl pdf mp4 mov webm mp3 wav flac db sqlite safetensors cbm ubj skops",
};

const BY_EXTENSION = new Map(
  Object.entries(KINDS).flatMap(([kind, extensions]) =>
    extensions.split(" ").map((extension) => [extension, kind as FileKind] as const),
  ),
);

/** The way to show a file, from its name alone: what a server says of its type is not asked. */
export function fileKind(path: string): FileKind {
  return BY_EXTENSION.get(extensionOf(path)) ?? "unknown";
}

/** The part after the last dot of a file's name, in lower case; empty without one. */
export function extensionOf(path: string): string {
  const name = baseName(path);
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : "";
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folder that a path lies in; empty at the top. */
export function parentPath(path: string): string {
  const cut = path.lastIndexOf("/");
  return cut < 0 ? "" : path.slice(0, cut);
}

/** The folders above a path, outermost first, without the path itself. */
export function ancestors(path: string): string[] {
  const parent = parentPath(path);
  return parent ? [...ancestors(parent), parent] : [];
}

const SNIFFED = 8192;

/** Bytes as text, or undefined when they are not text: a NUL, or not UTF-8. */
export function decodeText(bytes: Uint8Array<ArrayBuffer>, isWhole: boolean): string | undefined {
  if (bytes.subarray(0, SNIFFED).includes(0)) return undefined;
  try {
    // A cut may fall inside a letter; streaming mode forgives that at the end only.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: !isWhole });
  } catch {
    return undefined;
  }
}
