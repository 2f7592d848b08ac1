import { unitsBefore } from "../../../wire/completion";
import type { ApiError } from "../../../wire/errors";
import { tokenize } from "./lexer";

/** A stretch of the typed text, in characters from 0. */
export type Span = { from: number; to: number };

/**
 * Where a refused filter is wrong, so that it can be underlined.
 *
 * The server's own position wins; otherwise the first quoted piece of its message that
 * stands in the text. Undefined where neither is known.
 */
export function locateError(text: string, error: ApiError): Span | undefined {
  const { position, end } = error;
  if (position !== undefined) {
    const from = unitsBefore(text, position);
    if (end !== undefined && end > position) return { from, to: unitsBefore(text, end) };
    return wordAt(text, from);
  }
  const piece = [...error.message.matchAll(/'([^']+)'|"([^"]+)"|`([^`]+)`/g)]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? "")
    .find((quoted) => quoted !== text && text.includes(quoted));
  if (!piece) return undefined;
  const from = text.indexOf(piece);
  return { from, to: from + piece.length };
}

function wordAt(text: string, position: number): Span {
  const word = tokenize(text).find(({ from, to }) => from <= position && position < to);
  if (word) return { from: position, to: word.to };
  const from = Math.max(0, Math.min(position, text.length));
  return { from, to: from + 1 };
}

/** The server's sentence; where its place is underlined, without the words that count it off. */
export function refusalText(text: string | undefined, error: ApiError): string {
  if (text === undefined || !locateError(text, error)) return error.message;
  return withoutPlaces(error.message);
}

/** A message without its counts of characters, for where the place is underlined. */
export function withoutPlaces(message: string): string {
  return message.replace(/ ?\(at character \d+\)|,? at character \d+/g, "");
}
