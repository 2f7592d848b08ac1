import type { FileInfo } from "../../../wire/types";
import { ContentPreview } from "./ContentPreview";
import { fileKind } from "./fileKind";
import { ImagePreview } from "./ImagePreview";
import { NoPreview } from "./NoPreview";

export type FilePreviewProps = { runId: string; file: FileInfo };

/** A file of no known kind this large is hardly a text; reading it would only cost. */
const LARGEST_UNKNOWN = 5_000_000;

/** A file as what its name says it is; its content decides where the name says nothing. */
export function FilePreview({ runId, file }: FilePreviewProps) {
  const kind = fileKind(file.path);
  const bytes = Number(file.file_size ?? 0);
  if (bytes === 0) return <NoPreview reason="This file is empty." />;
  if (kind === "image") return <ImagePreview key={file.path} runId={runId} path={file.path} />;
  if (kind === "binary" || (kind === "unknown" && bytes > LARGEST_UNKNOWN)) {
    return <NoPreview reason="A file of this kind is not shown here. Download it to open it." />;
  }
  return <ContentPreview key={file.path} runId={runId} path={file.path} kind={kind} />;
}
