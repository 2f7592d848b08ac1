import { type Token, tokenize } from "./lexer";

const SIGNS: ReadonlySet<Token["kind"]> = new Set(["open", "close", "comma"]);
/** Words of the language; in capitals they are meant as such wherever they stand. */
const KEYWORDS = new Set(["AND", "OR", "NOT", "LIKE", "ILIKE", "IN", "IS", "BETWEEN"]);
const COMPARES = new Set(["like", "ilike", "in", "is", "between"]);
const ATTRIBUTES = [
  "run_name",
  "run_id",
  "status",
  "user_id",
  "start_time",
  "end_time",
  "duration",
  "artifact_uri",
];
const NAMESPACES = ["metrics.", "params.", "tags.", "attributes.", "datasets."];
const FIELD = /^(metrics?|params?|parameters?|tags?|attributes?|attr|datasets?)\.[^.]/i;

/** Whether a text is a filter, or plain words that look for a run by its name. */
export function isFilter(text: string): boolean {
  const all = tokenize(text);
  const tokens = all.slice(all.findIndex(({ kind }) => kind !== "open"));
  // Brackets alone are the start of a filter; no name is looked for by them.
  if (all.length > 0 && all.every(({ kind }) => SIGNS.has(kind))) return true;
  if (FIELD.test(tokens[0]?.text ?? "")) return true;
  return tokens.some(
    ({ kind, text: word }, index) =>
      kind === "operator" ||
      (kind === "word" && KEYWORDS.has(word)) ||
      (index > 0 && COMPARES.has(word.toLowerCase()) && isOperand(tokens[index + 1])),
  );
}

/**
 * Whether a text may yet become a filter: the start of a field, or one that nothing is compared
 * with. Looking for it among the names at every key would empty the table for no reason.
 */
export function isUnfinished(text: string): boolean {
  const typed = text.replace(/^[\s(]+/, "").trimEnd();
  return typed !== "" && [...NAMESPACES, ...ATTRIBUTES].some((word) => word.startsWith(typed));
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
