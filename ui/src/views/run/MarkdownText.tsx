import { lazy, Suspense } from "react";

const RenderedMarkdown = lazy(async () => ({
  default: (await import("./RenderedMarkdown")).RenderedMarkdown,
}));

export type MarkdownTextProps = { text: string };

/** Markdown as formatted text; the plain text stands there until the renderer has arrived. */
export function MarkdownText({ text }: MarkdownTextProps) {
  return (
    <Suspense fallback={<p className="muted">{text.slice(0, 400)}</p>}>
      <RenderedMarkdown text={text} />
    </Suspense>
  );
}
