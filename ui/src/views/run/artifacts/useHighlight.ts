import { useEffect, useState } from "react";
import type { Token } from "./tokenLines";

/** Colouring takes a moment for each hundred thousand letters; longer texts stay plain. */
const LONGEST = 400_000;

/** The coloured lines of a text, once they are there; undefined where it stays plain. */
export function useHighlight(text: string, language: string): Token[][] | undefined {
  const [found, setFound] = useState<{ text: string; lines: Token[][] | undefined }>();
  useEffect(() => {
    if (!language || text.length > LONGEST) return;
    let isWanted = true;
    void import("./highlight").then(({ highlight }) => {
      if (isWanted) setFound({ text, lines: highlight(text, language) });
    });
    return () => {
      isWanted = false;
    };
  }, [text, language]);
  return found?.text === text ? found.lines : undefined;
}
