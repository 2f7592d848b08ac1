import { useLayoutEffect, useRef } from "react";
import { renderMarkdown } from "./renderMarkdown";
import "./RenderedMarkdown.css";

export type RenderedMarkdownProps = { text: string };

/** Sanitised markdown. Loads the parser; use `MarkdownText`, which does that when needed. */
export function RenderedMarkdown({ text }: RenderedMarkdownProps) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current?.replaceChildren(renderMarkdown(text));
  }, [text]);
  return <div className="Markdown" ref={place} data-testid="markdown" />;
}
