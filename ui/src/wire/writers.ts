import { getOurs } from "./client";
import { toApiError } from "./errors";

export type WriterState = "ok" | "lagging" | "offline" | "degraded";

/** One process that logs into a run, as it last described itself. */
export type Writer = {
  writer: string;
  rank: number | null;
  state: WriterState;
  /** Values that were logged and have not arrived. */
  waiting: number;
  seen_ms: number;
  host: string;
  pid: number;
};

/** Who logs into a run; nobody, where the server keeps no such reports. */
export async function listWriters(runId: string, signal?: AbortSignal): Promise<Writer[]> {
  try {
    const found = await getOurs<{ writers: Writer[] }>("runs/writers", { run_id: runId }, signal);
    return found.writers;
  } catch (failure) {
    if (signal?.aborted || !toApiError(failure).isNotFound) throw failure;
    return [];
  }
}
