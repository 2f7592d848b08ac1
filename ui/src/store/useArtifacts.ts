import { type UseQueryResult, useQueries, useQuery } from "@tanstack/react-query";
import { type Content, listArtifacts, readArtifact, readFileFacts } from "../wire/artifacts";
import type { FileInfo } from "../wire/types";
import { keys } from "./keys";

const LIVE_MS = 5000;
/** What a preview reads at most, unless more is asked for. */
export const PREVIEW_BYTES = 2_000_000;

export type Folder = { rootUri: string; files: FileInfo[] };

const byName = new Intl.Collator("en", { numeric: true }).compare;

function folderQuery(runId: string, path: string, isLive: boolean) {
  return {
    queryKey: keys.artifacts(runId, path),
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Folder> => {
      const { root_uri, files = [] } = await listArtifacts(runId, path, signal);
      const sorted = files.toSorted(
        (a, b) => Number(b.is_dir) - Number(a.is_dir) || byName(a.path, b.path),
      );
      return { rootUri: root_uri, files: sorted };
    },
    refetchInterval: isLive ? LIVE_MS : (false as const),
  };
}

/** The entries of one folder of a run's artifacts, folders first; re-read while it is live. */
export function useArtifacts(runId: string, path: string, options: { isLive: boolean }) {
  return useQuery(folderQuery(runId, path, options.isLive));
}

/** Some folders of one run, or one folder of some runs; in the order they were asked for. */
export function useFolders(
  asked: readonly { runId: string; path: string }[],
  options: { isLive: boolean },
): UseQueryResult<Folder>[] {
  return useQueries({
    queries: asked.map(({ runId, path }) => folderQuery(runId, path, options.isLive)),
  });
}

/** The first bytes of an artifact, up to `limit`. */
export function useArtifactContent(runId: string, path: string, limit: number = PREVIEW_BYTES) {
  return useQuery<Content>({
    queryKey: [...keys.artifacts(runId, path), "content", limit],
    queryFn: ({ signal }) => readArtifact(runId, path, limit, signal),
    structuralSharing: false,
    gcTime: 30_000,
  });
}

/** Type and digest of a file, without reading it. */
export function useFileFacts(runId: string, path: string) {
  return useQuery({
    queryKey: [...keys.artifacts(runId, path), "facts"],
    queryFn: ({ signal }) => readFileFacts(runId, path, signal),
  });
}
