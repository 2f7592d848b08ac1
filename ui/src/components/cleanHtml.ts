import DOMPurify from "dompurify";

/** Foreign HTML without scripts, styles, forms, or pictures from elsewhere. */
export function cleanHtml(html: string): string {
  const fragment = DOMPurify.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: ["style", "form", "input", "button", "textarea", "select", "video", "audio"],
    FORBID_ATTR: ["style", "srcset", "id", "name", "background"],
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
