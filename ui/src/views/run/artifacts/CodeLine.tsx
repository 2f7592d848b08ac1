import type { Token } from "./tokenLines";

export type CodeLineProps = {
  /** Undefined while it is not coloured, or where it is not to be. */
  tokens: readonly Token[] | undefined;
  text: string;
};

/** One line of a text, coloured where its language is known. */
export function CodeLine({ tokens, text }: CodeLineProps) {
  if (!tokens) return text;
  return tokens.map(({ text: part, kind }, index) =>
    kind ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a line never move
      <span key={index} className={kind}>
        {part}
      </span>
    ) : (
      part
    ),
  );
}
