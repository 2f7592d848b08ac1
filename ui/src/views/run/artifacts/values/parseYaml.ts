import { loadAll } from "js-yaml";
import type { Parsed } from "./parseValues";

/** Read YAML; several documents become a list. */
export function parseYaml(text: string): Parsed {
  try {
    const documents = loadAll(text);
    return { value: documents.length === 1 ? documents[0] : documents };
  } catch (failure) {
    return { problem: `This is not YAML: ${String((failure as Error).message)}` };
  }
}
