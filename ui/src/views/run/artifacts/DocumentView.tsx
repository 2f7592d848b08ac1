import { MarkdownText } from "../MarkdownText";
import type { RichViewProps } from "./richView";

/** A Markdown file as a document. */
export function DocumentView({ text }: RichViewProps) {
  return (
    <div className="ContentPreview-document">
      <MarkdownText text={text} />
    </div>
  );
}
