import { useMemo } from "react";
import type { RichViewProps } from "../richView";
import { Unreadable } from "../Unreadable";
import { parseLines } from "./parseValues";
import { ValueTree } from "./ValueTree";

/** A file of JSON lines as a tree. */
export function LinesView({ text }: RichViewProps) {
  const parsed = useMemo(() => parseLines(text), [text]);
  if ("problem" in parsed) return <Unreadable reason={parsed.problem} text={text} />;
  return <ValueTree value={parsed.value} />;
}
