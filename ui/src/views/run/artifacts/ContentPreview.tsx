import { Suspense, useMemo, useState } from "react";
import { Button } from "../../../components/Button";
import { Segmented } from "../../../components/Segmented";
import { formatBytes } from "../../../format/numbers";
import { PREVIEW_BYTES, useArtifactContent } from "../../../store/useArtifacts";
import type { FileInfo } from "../../../wire/types";
import { ArtifactError } from "./ArtifactError";
import { FileCard } from "./FileCard";
import { decodeText, extensionOf, type FileKind } from "./fileKind";
import { PreviewSkeleton } from "./PreviewSkeleton";
import { richView } from "./richView";
import { TextPreview } from "./TextPreview";

export type ContentPreviewProps = { runId: string; file: FileInfo; kind: FileKind };

type View = "preview" | "source";
const VIEWS = [
  { id: "preview", label: "Preview" },
  { id: "source", label: "Source" },
] as const;

/** Kinds that mean something only as a whole are read further than others. */
const LIMITS: Partial<Record<FileKind, number>> = {
  table: 8_000_000,
  json: 8_000_000,
  notebook: 25_000_000,
  map: 25_000_000,
};
/** As much as a page holds without trouble, when one asks for all. */
const MOST = 100_000_000;

/** A file whose text is read: as table, document or page where it is one, and as it stands. */
export function ContentPreview({ runId, file, kind }: ContentPreviewProps) {
  const { path } = file;
  const bytes = Number(file.file_size ?? 0);
  const [limit, setLimit] = useState(LIMITS[kind] ?? PREVIEW_BYTES);
  const { data, error, refetch } = useArtifactContent(runId, path, limit);
  const [view, setView] = useState<View>("preview");
  const text = useMemo(() => data && decodeText(data.bytes, data.isWhole), [data]);
  if (error && !data) return <ArtifactError error={error} onRetry={() => void refetch()} />;
  if (!data) return <PreviewSkeleton />;
  if (text === undefined) {
    return <FileCard runId={runId} file={file} reason="This file is not text." />;
  }
  const Rich = richView(kind, data.isWhole);
  return (
    <div className="ContentPreview">
      {(Rich || !data.isWhole) && (
        <div className="ContentPreview-bar">
          {Rich && <Segmented label="View" segments={VIEWS} active={view} onChange={setView} />}
          {!data.isWhole && (
            <span className="muted" role="note" data-testid="cut-notice">
              The first {formatBytes(limit)} of {formatBytes(bytes)} are shown.
            </span>
          )}
          {!data.isWhole && bytes <= MOST && (
            <Button onClick={() => setLimit(MOST)}>Load all</Button>
          )}
        </div>
      )}
      {Rich && view === "preview" ? (
        <Suspense fallback={<PreviewSkeleton />}>
          <Rich runId={runId} path={path} text={text} />
        </Suspense>
      ) : (
        <TextPreview text={text} language={kind === "model" ? "yaml" : extensionOf(path)} />
      )}
    </div>
  );
}
