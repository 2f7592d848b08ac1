import { readTime } from "../../wire/numbers";
import type { Run, Tag } from "../../wire/types";

/** What a run's header says, gathered from its info and from MLflow's own tags. */
export type RunFacts = {
  name: string;
  startMs: number | undefined;
  endMs: number | undefined;
  user: string | undefined;
  source: string | undefined;
  commit: string | undefined;
  /** The repository's page of the commit, where its host is a web address. */
  commitUrl: string | undefined;
  parentId: string | undefined;
  note: string;
};

const INTERNAL = "mlflow.";
export const NOTE_TAG = "mlflow.note.content";

/** Read a run's facts; what nobody recorded is undefined. */
export function runFacts(run: Run): RunFacts {
  const tags = new Map((run.data?.tags ?? []).map(({ key, value }) => [key, value]));
  const tag = (key: string) => tags.get(key) || undefined;
  const commit = tag("mlflow.source.git.commit");
  return {
    name: run.info.run_name || tag("mlflow.runName") || run.info.run_id,
    startMs: readTime(run.info.start_time),
    endMs: readTime(run.info.end_time),
    user: tag("mlflow.user") ?? (run.info.user_id || undefined),
    source: tag("mlflow.source.name"),
    commit,
    commitUrl: commitUrl(tag("mlflow.source.git.repoURL"), commit),
    parentId: tag("mlflow.parentRunId"),
    note: tag(NOTE_TAG) ?? "",
  };
}

/** Tags that people set, and those that the tracker set for itself; both by key. */
export function splitTags(tags: readonly Tag[]): { own: Tag[]; internal: Tag[] } {
  const sorted = tags.toSorted((a, b) => a.key.localeCompare(b.key));
  return {
    own: sorted.filter(({ key }) => !key.startsWith(INTERNAL)),
    internal: sorted.filter(({ key }) => key.startsWith(INTERNAL)),
  };
}

/** The last part of a path or module name: what a narrow header has room for. */
export function shortSource(source: string): string {
  return source.split(/[\\/]/).at(-1) || source;
}

function commitUrl(repository: string | undefined, commit: string | undefined) {
  if (!repository || !commit) return undefined;
  const web = repository.replace(/^git@([^:]+):/, "https://$1/").replace(/\.git$/, "");
  return /^https?:\/\//.test(web) ? `${web}/commit/${encodeURIComponent(commit)}` : undefined;
}
