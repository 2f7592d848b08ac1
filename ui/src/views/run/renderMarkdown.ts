import DOMPurify from "dompurify";
import { Marked } from "marked";

const marked = new Marked({
  gfm: true,
  renderer: {
    // A picture would be fetched from wherever its author said: this page asks no other host.
    image: ({ href, text }) => `<a href="${escapeHtml(href)}">${escapeHtml(text || href)}</a>`,
  },
});

/** What formatted text needs. No pictures, forms, styles or frames. */
const TAGS = [
  ..."p br hr h1 h2 h3 h4 h5 h6 strong em del code pre blockquote".split(" "),
  ..."ul ol li table thead tbody tr th td a sup sub kbd details summary".split(" "),
];

/** Markdown as a fragment that holds formatted text and links, and can do nothing else. */
export function renderMarkdown(text: string): DocumentFragment {
  const html = marked.parse(text, { async: false });
  const fragment = DOMPurify.sanitize(html, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ["href", "align", "start"],
    ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const link of fragment.querySelectorAll("a")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer nofollow";
    link.className = "TextLink";
  }
  return fragment;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
