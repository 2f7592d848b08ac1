import { gunzipSync } from "fflate";
import { decompress } from "fzstd";
import {
  type AsyncBuffer,
  type Compressors,
  cachedAsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  type SchemaElement,
} from "hyparquet";
import { readArtifactPart } from "../../../../wire/artifacts";
import { cellText } from "./cellText";

/** What the library leaves to others; Snappy it knows itself. */
const compressors: Compressors = {
  GZIP: (bytes) => gunzipSync(bytes),
  ZSTD: (bytes, length) => decompress(bytes, new Uint8Array(length)),
};

/** A Parquet file that is read piece by piece. */
export type ParquetFile = {
  rowCount: number;
  columns: { name: string; type: string }[];
  /** The cells of some rows as texts, `end` not included. */
  readRows: (start: number, end: number) => Promise<string[][]>;
};

/** Read what a Parquet file says of itself, from its end. Rejects when it is none. */
export async function openParquet(
  runId: string,
  path: string,
  size: number,
): Promise<ParquetFile> {
  const file: AsyncBuffer = cachedAsyncBuffer({
    byteLength: size,
    slice: (start, end = size) => readArtifactPart(runId, path, start, end),
  });
  const metadata = await parquetMetadataAsync(file);
  return openMetadata(file, metadata);
}

/** As `openParquet`, with the bytes at hand. */
export function openMetadata(file: AsyncBuffer, metadata: FileMetaData): ParquetFile {
  const columns = parquetSchema(metadata).children.map(({ element }) => ({
    name: element.name,
    type: typeOf(element),
  }));
  const readRows = async (rowStart: number, rowEnd: number) => {
    const rows = await parquetReadObjects({ file, metadata, rowStart, rowEnd, compressors });
    return rows.map((row) => columns.map(({ name }) => cellText(row[name])));
  };
  return { rowCount: Number(metadata.num_rows), columns, readRows };
}

function typeOf(element: SchemaElement): string {
  const { type, converted_type, logical_type, num_children } = element;
  const named = logical_type?.type ?? converted_type ?? type;
  if (named) return named.toLowerCase().replace("utf8", "string").replace("byte_array", "bytes");
  return num_children ? "nested" : "";
}
