import { lazy, Suspense } from "react";
import { formatBytes } from "../../../format/numbers";
import type { FileInfo } from "../../../wire/types";
import { ContentPreview } from "./ContentPreview";
import { FileCard } from "./FileCard";
import { fileKind } from "./fileKind";
import { ImagePreview } from "./images/ImagePreview";
import { MediaPreview } from "./MediaPreview";
import { PdfPreview } from "./PdfPreview";
import { PreviewSkeleton } from "./PreviewSkeleton";

const ParquetPreview = lazy(async () => ({
  default: (await import("./tables/ParquetPreview")).ParquetPreview,
}));

export type FilePreviewProps = { runId: string; file: FileInfo };

/** A file of no known kind this large is hardly a text; reading it would only cost. */
const LARGEST_UNKNOWN = 5_000_000;
const LARGEST_IMAGE = 50_000_000;

/** A file as what its name says it is; its content decides where the name says nothing. */
export function FilePreview({ runId, file }: FilePreviewProps) {
  const kind = fileKind(file.path);
  const bytes = Number(file.file_size ?? 0);
  const card = (reason: string) => <FileCard runId={runId} file={file} reason={reason} />;
  if (bytes === 0) return card("This file is empty.");
  if (kind === "image" && bytes > LARGEST_IMAGE) {
    return card(`Pictures of more than ${formatBytes(LARGEST_IMAGE)} are not shown here.`);
  }
  if (kind === "image") return <ImagePreview key={file.path} runId={runId} file={file} />;
  if (kind === "video" || kind === "audio") {
    return <MediaPreview key={file.path} runId={runId} file={file} kind={kind} />;
  }
  if (kind === "pdf") return <PdfPreview runId={runId} path={file.path} />;
  if (kind === "parquet") {
    return (
      <Suspense fallback={<PreviewSkeleton />}>
        <ParquetPreview key={file.path} runId={runId} file={file} />
      </Suspense>
    );
  }
  if (kind === "binary") return card("Files of this kind are not shown here.");
  if (kind === "unknown" && bytes > LARGEST_UNKNOWN) {
    return card("What this file holds is not known, and it is too large to find out here.");
  }
  return <ContentPreview key={file.path} runId={runId} file={file} kind={kind} />;
}
