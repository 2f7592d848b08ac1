import { pageUrl } from "../../../wire/artifacts";

export type PdfPreviewProps = { runId: string; path: string };

/**
 * A PDF in the browser's own viewer.
 *
 * The frame has no `sandbox`: browsers show no PDF in one. The server says that the bytes are
 * a PDF, whatever they hold, so that they are never read as a page; see `artifacts/page`.
 */
export function PdfPreview({ runId, path }: PdfPreviewProps) {
  return (
    <iframe
      className="PageFrame"
      title="PDF"
      src={pageUrl(runId, path)}
      referrerPolicy="no-referrer"
      data-testid="pdf-preview"
    />
  );
}
