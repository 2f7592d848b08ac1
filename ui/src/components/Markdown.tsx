import DOMPurify from "dompurify";
import { marked } from "marked";
import { useMemo } from "react";
import "./Markdown.css";

export type MarkdownProps = { text: string };

/** Text that people wrote, as Markdown, with everything that could act taken out. */
export function Markdown({ text }: MarkdownProps) {
  const html = useMemo(() => renderMarkdown(text), [text]);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: cleaned by DOMPurify just above
  return <div className="Markdown" dangerouslySetInnerHTML={{ __html: html }} />;
}

/** Markdown to HTML without scripts, styles, forms, or pictures from elsewhere. */
function renderMarkdown(text: string): string {
  const fragment = DOMPurify.sanitize(marked.parse(text, { async: false, gfm: true }), {
    USE_PROFILES: { html: true },
    FORBID_TAGS: ["style", "form", "input", "button", "textarea", "select", "video", "audio"],
    FORBID_ATTR: ["style", "srcset", "id", "name"],
    RETURN_DOM_FRAGMENT: true,
  });
  for (const image of fragment.querySelectorAll("img")) {
    // A picture from elsewhere is not asked for, and a relative path leads nowhere from here:
    // both become their description.
    if (!/^data:image\//i.test(image.getAttribute("src") ?? "")) {
      image.replaceWith(image.getAttribute("alt") || image.getAttribute("src") || "");
    }
  }
  for (const link of fragment.querySelectorAll("a[href]")) {
    if (link.getAttribute("href")?.startsWith("#/")) continue;
    link.setAttribute("rel", "noopener noreferrer");
    link.setAttribute("target", "_blank");
  }
  const holder = document.createElement("div");
  holder.append(fragment);
  return holder.innerHTML;
}
