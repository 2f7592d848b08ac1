import { useState } from "react";
import { artifactUrl } from "../../../wire/client";
import type { FileInfo } from "../../../wire/types";
import { FileCard } from "./FileCard";
import { baseName } from "./fileKind";

export type MediaPreviewProps = { runId: string; file: FileInfo; kind: "audio" | "video" };

/** Sound or film in the browser's own player, read as it plays. */
export function MediaPreview({ runId, file, kind }: MediaPreviewProps) {
  const [hasFailed, setFailed] = useState(false);
  if (hasFailed) {
    return <FileCard runId={runId} file={file} reason={`The browser cannot play this ${kind}.`} />;
  }
  const common = {
    controls: true,
    preload: "metadata",
    src: artifactUrl(runId, file.path),
    "aria-label": baseName(file.path),
    "data-testid": `${kind}-preview`,
    onError: () => setFailed(true),
  } as const;
  return (
    <div className="MediaPreview">
      {kind === "audio" ? <audio {...common} /> : <video {...common} />}
    </div>
  );
}
