import { useMemo, useState } from "react";
import { ErrorBox } from "../../../components/ErrorBox";
import { Segmented } from "../../../components/Segmented";
import { Skeleton } from "../../../components/Skeleton";
import { formatBytes } from "../../../format/numbers";
import { PREVIEW_BYTES, useArtifactContent } from "../../../store/useArtifacts";
import { MarkdownText } from "../MarkdownText";
import { decodeText, extensionOf, type FileKind } from "./fileKind";
import { HtmlPreview } from "./HtmlPreview";
import { NoPreview } from "./NoPreview";
import { TablePreview } from "./TablePreview";
import { TextPreview } from "./TextPreview";
import { parseDelimited, parseLoggedTable } from "./tables";

export type ContentPreviewProps = { runId: string; path: string; kind: FileKind };

type View = "preview" | "source";
const VIEWS = [
  { id: "preview", label: "Preview" },
  { id: "source", label: "Source" },
] as const;

/** A file whose text is read: as table, document or page where it is one, and as it stands. */
export function ContentPreview({ runId, path, kind }: ContentPreviewProps) {
  const { data, error, refetch } = useArtifactContent(runId, path);
  const [view, setView] = useState<View>("preview");
  const text = useMemo(() => data && decodeText(data.bytes, data.isWhole), [data]);
  const prepared = useMemo(
    () => (text === undefined || !data ? undefined : prepare(text, kind, path, data.isWhole)),
    [text, kind, path, data],
  );
  if (error && !data) {
    return (
      <ErrorBox title="The file did not load." error={error} onRetry={() => void refetch()} />
    );
  }
  if (!data) {
    return (
      <div className="ContentPreview-wait">
        <Skeleton width="70%" />
        <Skeleton width="50%" />
        <Skeleton width="60%" />
      </div>
    );
  }
  if (text === undefined || !prepared) {
    return <NoPreview reason="This file is not text. Download it to open it." />;
  }
  const isRich = prepared.as !== "text";
  return (
    <div className="ContentPreview">
      {(isRich || !data.isWhole) && (
        <div className="ContentPreview-bar">
          {isRich && <Segmented label="View" segments={VIEWS} active={view} onChange={setView} />}
          {prepared.as === "html" && view === "preview" && (
            <span className="muted" role="note">
              Shown without scripts and network. Download the page to open it in full.
            </span>
          )}
          {!data.isWhole && (
            <span className="muted" role="note" data-testid="cut-notice">
              Only the first {formatBytes(PREVIEW_BYTES)} are shown. Download the file for all.
            </span>
          )}
        </div>
      )}
      {view === "source" || prepared.as === "text" ? (
        <TextPreview text={view === "source" ? text : (prepared.text ?? text)} />
      ) : (
        <Rich prepared={prepared} text={text} />
      )}
    </div>
  );
}

type Prepared = ReturnType<typeof prepare>;

/** Decide once how a text is shown; what does not parse is shown as it stands. */
function prepare(text: string, kind: FileKind, path: string, isWhole: boolean) {
  if (kind === "table") {
    return { as: "table" as const, table: parseDelimited(text, extensionOf(path)) };
  }
  if (kind === "json" && isWhole) {
    const table = parseLoggedTable(text);
    if (table) return { as: "table" as const, table };
    const pretty = prettyJson(text);
    return pretty === undefined
      ? { as: "text" as const, text }
      : { as: "pretty" as const, text: pretty };
  }
  if (kind === "markdown") return { as: "markdown" as const };
  if (kind === "html" && isWhole) return { as: "html" as const };
  return { as: "text" as const, text };
}

function Rich({ prepared, text }: { prepared: Prepared; text: string }) {
  switch (prepared.as) {
    case "table":
      return <TablePreview table={prepared.table} />;
    case "markdown":
      return (
        <div className="ContentPreview-document">
          <MarkdownText text={text} />
        </div>
      );
    case "html":
      return <HtmlPreview html={text} />;
    default:
      return <TextPreview text={prepared.text} />;
  }
}

function prettyJson(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}
