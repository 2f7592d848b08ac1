import { useState } from "react";
import type { FileInfo } from "../../../../wire/types";
import { FileCard } from "../FileCard";
import { baseName } from "../fileKind";
import { PreviewSkeleton } from "../PreviewSkeleton";
import { useImageUrl } from "./useImageUrl";
import { ZoomableImage } from "./ZoomableImage";

export type ImagePreviewProps = { runId: string; file: FileInfo };

/** A picture, and its size in pixels. */
export function ImagePreview({ runId, file }: ImagePreviewProps) {
  const { url, hasFailed } = useImageUrl(runId, file.path);
  const [hasBroken, setBroken] = useState(false);
  if (hasFailed || hasBroken) {
    return <FileCard runId={runId} file={file} reason="The browser cannot show this picture." />;
  }
  if (!url) return <PreviewSkeleton />;
  return <ZoomableImage url={url} name={baseName(file.path)} onError={() => setBroken(true)} />;
}
