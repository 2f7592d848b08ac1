/** A piece of a line and what it is, such as `hljs-keyword`; empty for plain text. */
export type Token = { text: string; kind: string };

const PIECE = /<span class="([^"]*)">|<\/span>|([^<]+)/g;
const ENTITIES: Record<string, string> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#x27;": "'",
};

/**
 * Coloured text in the markup of highlight.js as lines of pieces.
 *
 * So that lines can be drawn one by one, and as text: no markup is handed to the page.
 */
export function tokenLines(markup: string): Token[][] {
  const lines: Token[][] = [[]];
  const kinds: string[] = [];
  for (const [, opened, plain] of markup.matchAll(PIECE)) {
    if (opened !== undefined) kinds.push(opened);
    else if (plain === undefined) kinds.pop();
    else addText(lines, decode(plain), kinds.at(-1) ?? "");
  }
  return lines;
}

function addText(lines: Token[][], text: string, kind: string): void {
  for (const [index, part] of text.split("\n").entries()) {
    if (index > 0) lines.push([]);
    if (part !== "") lines.at(-1)?.push({ text: part, kind });
  }
}

function decode(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => ENTITIES[entity] ?? entity);
}
