import { useQuery } from "@tanstack/react-query";
import { type Content, listArtifacts, readArtifact } from "../wire/artifacts";
import { keys } from "./keys";

const LIVE_MS = 5000;
/** What a preview reads at most; the rest is for the download. */
export const PREVIEW_BYTES = 2_000_000;

/** The entries of one folder of a run's artifacts, folders first; re-read while it is live. */
export function useArtifacts(runId: string, path: string, options: { isLive: boolean }) {
  return useQuery({
    queryKey: keys.artifacts(runId, path),
    queryFn: async ({ signal }) => {
      const { root_uri, files = [] } = await listArtifacts(runId, path, signal);
      const sorted = files.toSorted(
        (a, b) => Number(b.is_dir) - Number(a.is_dir) || a.path.localeCompare(b.path),
      );
      return { rootUri: root_uri, files: sorted };
    },
    refetchInterval: options.isLive ? LIVE_MS : false,
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
