/** One word of a filter, with where it stands in the text. */
export type Token = {
  kind: "word" | "string" | "operator" | "comma" | "open" | "close";
  text: string;
  from: number;
  to: number;
};

const SPACE = /\s/;
const OPERATOR = /[=!<>]/;
const ENDS_WORD = /[\s=!<>,()'"]/;
const SINGLE: Record<string, Token["kind"]> = { ",": "comma", "(": "open", ")": "close" };

/**
 * Cut a filter into words, as far as completion needs it; it never fails.
 *
 * The server's parser decides what is legal. A quote that is not closed runs to the end.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (SPACE.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const token = readToken(text, at);
    tokens.push(token);
    at = token.to;
  }
  return tokens;
}

function readToken(text: string, from: number): Token {
  const first = text.charAt(from);
  const single = SINGLE[first];
  if (single) return cut(text, single, from, from + 1);
  if (first === "'" || first === '"') return cut(text, "string", from, afterQuote(text, from));
  if (OPERATOR.test(first)) {
    return cut(text, "operator", from, from + (text.charAt(from + 1) === "=" ? 2 : 1));
  }
  let to = from;
  while (to < text.length && !endsWord(text, from, to)) {
    to = opensKey(text, to) ? afterQuote(text, to) : to + 1;
  }
  return cut(text, "word", from, to);
}

/** A quote right after a dot belongs to the key: `metrics."x y"`. */
function opensKey(text: string, at: number): boolean {
  const char = text.charAt(at);
  return char === "`" || (char === '"' && text.charAt(at - 1) === ".");
}

function endsWord(text: string, from: number, at: number): boolean {
  return at > from && ENDS_WORD.test(text.charAt(at)) && !opensKey(text, at);
}

function afterQuote(text: string, from: number): number {
  const end = text.indexOf(text.charAt(from), from + 1);
  return end < 0 ? text.length : end + 1;
}

function cut(text: string, kind: Token["kind"], from: number, to: number): Token {
  return { kind, text: text.slice(from, to), from, to };
}
