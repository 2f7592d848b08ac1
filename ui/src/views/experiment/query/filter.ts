import { type Token, tokenize } from "./lexer";

/** Words of the language; in capitals they are meant as such wherever they stand. */
const KEYWORDS = new Set(["AND", "OR", "NOT", "LIKE", "ILIKE", "IN", "IS", "BETWEEN"]);
const COMPARES = new Set(["like", "ilike", "in", "is", "between"]);
const FIELD = /^(metrics?|params?|parameters?|tags?|attributes?|attr|datasets?)\.[^.]/i;

/** Whether a text is a filter, or plain words that look for a run by its name. */
export function isFilter(text: string): boolean {
  const tokens = tokenize(text);
  if (FIELD.test(tokens[0]?.text ?? "")) return true;
  return tokens.some(
    ({ kind, text: word }, index) =>
      kind === "operator" ||
      (kind === "word" && KEYWORDS.has(word)) ||
      (index > 0 && COMPARES.has(word.toLowerCase()) && isOperand(tokens[index + 1])),
  );
}

/** A small `in` among plain words is no operator, unless something to compare with follows. */
function isOperand(token: Token | undefined): boolean {
  if (!token) return false;
  return token.kind === "string" || token.kind === "open" || /^(null|not)$/i.test(token.text);
}

/** What is sent to the server for what was typed: plain words become a match on the name. */
export function toFilter(text: string): string {
  const typed = text.trim();
  if (typed === "" || isFilter(typed)) return typed;
  return `attributes.run_name ILIKE ${quote(`%${typed}%`)}`;
}

/** A string literal of the filter language, which has no escapes but two kinds of quotes. */
export function quote(value: string): string {
  if (!value.includes("'")) return `'${value}'`;
  // A text with both quotes cannot be written; `_` matches the one that has to go.
  return `"${value.replaceAll('"', "_")}"`;
}

/** A key as the filter language wants it: in backticks when it is more than a plain name. */
export function quoteKey(key: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_.]*$/.test(key)) return key;
  return key.includes("`") ? `"${key}"` : `\`${key}\``;
}
