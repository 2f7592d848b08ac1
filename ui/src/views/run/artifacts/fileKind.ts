/** How a file is shown. `unknown` is decided by its first bytes. */
export type FileKind =
  | "image"
  | "video"
  | "audio"
  | "pdf"
  | "html"
  | "markdown"
  | "table"
  | "parquet"
  | "json"
  | "lines"
  | "yaml"
  | "map"
  | "notebook"
  | "model"
  | "text"
  | "binary"
  | "unknown";

const KINDS: Record<Exclude<FileKind, "unknown" | "model">, string> = {
  image: "png jpg jpeg gif webp bmp svg ico avif",
  video: "mp4 webm mov ogv m4v",
  audio: "mp3 wav ogg oga flac m4a aac opus",
  pdf: "pdf",
  html: "html htm",
  markdown: "md markdown",
  table: "csv tsv",
  parquet: "parquet",
  json: "json",
  lines: "jsonl ndjson",
  yaml: "yaml yml",
  map: "geojson",
  notebook: "ipynb",
  text:
    "txt log py js ts tsx jsx css toml ini cfg conf sh r sql xml rst tex java c h cpp hpp go rs " +
    "scala kt swift lock diff patch env dockerfile",
  binary:
    "pkl pickle joblib npy npz pt pth bin onnx h5 hdf5 keras feather arrow zip gz tgz " +
    "bz2 xz zst tar whl db sqlite safetensors cbm ubj skops msgpack mkv avi",
};

const BY_EXTENSION = new Map(
  Object.entries(KINDS).flatMap(([kind, extensions]) =>
    extensions.split(" ").map((extension) => [extension, kind as FileKind] as const),
  ),
);

/** The way to show a file, from its name alone: what a server says of its type is not asked. */
export function fileKind(path: string): FileKind {
  if (baseName(path) === "MLmodel") return "model";
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
