import { useMemo } from "react";
import type { RichViewProps } from "../richView";
import { Unreadable } from "../Unreadable";
import { parseYaml } from "./parseYaml";
import { ValueTree } from "./ValueTree";

/** A YAML file as a tree. */
export function YamlView({ text }: RichViewProps) {
  const parsed = useMemo(() => parseYaml(text), [text]);
  if ("problem" in parsed) return <Unreadable reason={parsed.problem} text={text} />;
  return <ValueTree value={parsed.value} />;
}
