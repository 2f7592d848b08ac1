import { paths } from "../../../routing/paths";
import type { Run } from "../../../wire/types";

/** The address of one artifact on its run's page; every part of its path is encoded. */
export function artifactPath({ info }: Run, path: string): string {
  const parts = path.split("/").filter(Boolean).map(encodeURIComponent);
  return paths.run(info.experiment_id, info.run_id, ["artifacts", ...parts].join("/"));
}
