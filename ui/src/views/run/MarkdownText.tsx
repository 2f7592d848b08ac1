import { lazy, Suspense } from "react";

const Markdown = lazy(async () => ({
  default: (await import("../../components/Markdown")).Markdown,
}));

export type MarkdownTextProps = { text: string };

/** Markdown as formatted text; the plain text stands there until the renderer has arrived. */
export function MarkdownText({ text }: MarkdownTextProps) {
  return (
    <Suspense fallback={<p className="muted">{text.slice(0, 400)}</p>}>
      <div data-testid="markdown">
        <Markdown text={text} />
      </div>
    </Suspense>
  );
}
