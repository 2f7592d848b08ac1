import { useMemo } from "react";
import { parentPath } from "../fileKind";
import type { RichViewProps } from "../richView";
import { Unreadable } from "../Unreadable";
import { parseYaml } from "../values/parseYaml";
import { ModelSummary } from "./ModelSummary";
import { modelFacts } from "./modelFacts";

/** An `MLmodel` file as a summary of its model. */
export function ModelView({ runId, path, text }: RichViewProps) {
  const facts = useMemo(() => {
    const parsed = parseYaml(text);
    return "value" in parsed ? modelFacts(parsed.value) : undefined;
  }, [text]);
  if (!facts) return <Unreadable reason="This names no flavors of a model." text={text} />;
  const uri = ["runs:", runId, parentPath(path)].filter(Boolean).join("/");
  return <ModelSummary facts={facts} uri={uri} />;
}
