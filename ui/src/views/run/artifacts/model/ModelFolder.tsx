import { useMemo } from "react";
import { useArtifactContent } from "../../../../store/useArtifacts";
import { decodeText, parentPath } from "../fileKind";
import { parseYaml } from "../values/parseYaml";
import { ModelSummary } from "./ModelSummary";
import { modelFacts } from "./modelFacts";

export type ModelFolderProps = {
  runId: string;
  /** Of the `MLmodel` in the folder. */
  path: string;
};

/** What the model in a folder is; nothing while that is not known. */
export function ModelFolder({ runId, path }: ModelFolderProps) {
  const { data } = useArtifactContent(runId, path);
  const facts = useMemo(() => {
    const text = data && decodeText(data.bytes, data.isWhole);
    const parsed = text === undefined ? undefined : parseYaml(text);
    return parsed && "value" in parsed ? modelFacts(parsed.value) : undefined;
  }, [data]);
  if (!facts) return null;
  const uri = ["runs:", runId, parentPath(path)].filter(Boolean).join("/");
  return <ModelSummary facts={facts} uri={uri} />;
}
