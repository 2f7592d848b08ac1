import { useMemo } from "react";
import { cleanHtml } from "../../../../components/cleanHtml";
import { MarkdownText } from "../../MarkdownText";
import type { Output } from "./notebook";

export type OutputViewProps = { output: Output };

/** What a cell put out. HTML is cleaned of everything that could act or reach out. */
export function OutputView({ output }: OutputViewProps) {
  switch (output.kind) {
    case "text":
      return (
        <pre className={output.isError ? "NotebookOutput is-error" : "NotebookOutput"}>
          {output.text}
        </pre>
      );
    case "image":
      return (
        <div className="NotebookOutput">
          <img src={output.url} alt="Output of the cell" />
        </div>
      );
    case "markdown":
      return (
        <div className="NotebookOutput">
          <MarkdownText text={output.text} />
        </div>
      );
    case "html":
      return <HtmlOutput html={output.html} />;
  }
}

function HtmlOutput({ html }: { html: string }) {
  const clean = useMemo(() => cleanHtml(html), [html]);
  if (clean.trim() === "") {
    return <p className="NotebookOutput muted">An output that needs scripts is not shown.</p>;
  }
  // biome-ignore lint/security/noDangerouslySetInnerHtml: cleaned by DOMPurify just above
  return <div className="NotebookOutput Markdown" dangerouslySetInnerHTML={{ __html: clean }} />;
}
