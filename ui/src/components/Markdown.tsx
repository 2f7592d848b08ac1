import { marked } from "marked";
import { useMemo } from "react";
import { cleanHtml } from "./cleanHtml";
import "./Markdown.css";

export type MarkdownProps = { text: string };

/** Text that people wrote, as Markdown, with everything that could act taken out. */
export function Markdown({ text }: MarkdownProps) {
  const html = useMemo(() => cleanHtml(marked.parse(text, { async: false, gfm: true })), [text]);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: cleaned by DOMPurify just above
  return <div className="Markdown" dangerouslySetInnerHTML={{ __html: html }} />;
}
