import { HtmlPreview } from "./HtmlPreview";
import type { RichViewProps } from "./richView";

/** A logged HTML page, shut in. */
export function PageView({ runId, path, text }: RichViewProps) {
  return <HtmlPreview runId={runId} path={path} html={text} />;
}
