import { postOurs } from "./client";

/** What may stand at the caret. */
export type Candidate = { text: string; kind: string; detail?: string | null };

/** Candidates, the part of the text that one replaces, and what is wrong with the text. */
export type Completion = {
  start: number;
  end: number;
  candidates: Candidate[];
  error?: { message: string; start: number; end: number } | null;
};

/**
 * Ask what may stand at the caret of a filter.
 *
 * Places are counted as this language does, in units of UTF-16; the server counts characters.
 */
export async function completeFilter(
  experimentId: string,
  text: string,
  caret: number,
  signal?: AbortSignal,
): Promise<Completion> {
  const body = {
    text,
    cursor: charactersBefore(text, caret),
    experiment_ids: [experimentId],
  };
  const found = await postOurs<Completion>("search/complete", body, signal);
  const unit = (characters: number) => unitsBefore(text, characters);
  return {
    ...found,
    start: unit(found.start),
    end: unit(found.end),
    error: found.error && {
      ...found.error,
      start: unit(found.error.start),
      end: unit(found.error.end),
    },
  };
}

export function charactersBefore(text: string, units: number): number {
  return [...text.slice(0, units)].length;
}

export function unitsBefore(text: string, characters: number): number {
  return [...text].slice(0, characters).join("").length;
}
