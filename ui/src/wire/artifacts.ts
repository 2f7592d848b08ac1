import { artifactUrl, get, queryString, request } from "./client";
import type { ArtifactList } from "./types";

/** The most bytes that the server takes from this page in one upload. */
export const MOST_UPLOAD_BYTES = 10_000_000;

/** List one folder of a run's artifacts; the empty path is the top. */
export function listArtifacts(
  runId: string,
  path: string,
  signal?: AbortSignal,
): Promise<ArtifactList> {
  return get<ArtifactList>("artifacts/list", { run_id: runId, path: path || undefined }, signal);
}

/** The start of a file, and whether that was all of it. */
export type Content = { bytes: Uint8Array<ArrayBuffer>; isWhole: boolean };

/** Read at most `limit` bytes of an artifact; the rest is not waited for. */
export async function readArtifact(
  runId: string,
  path: string,
  limit: number,
  signal?: AbortSignal,
): Promise<Content> {
  const response = await request(artifactUrl(runId, path), { signal });
  const reader = response.body?.getReader();
  if (!reader) return { bytes: new Uint8Array(), isWhole: true };
  const parts: Uint8Array[] = [];
  let size = 0;
  let isWhole = true;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
    if (size <= limit) continue;
    isWhole = false;
    await reader.cancel();
    break;
  }
  return { bytes: join(parts, Math.min(size, limit)), isWhole };
}

/** Write a file below a run's artifacts, over one of the same path. */
export async function uploadArtifact(runId: string, path: string, file: Blob): Promise<void> {
  await request(`ajax-api/2.0/mlflow/upload-artifact${queryString({ run_uuid: runId, path })}`, {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream" },
    body: file,
  });
}

function join(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part.subarray(0, size - at), at);
    at += part.length;
    if (at >= size) break;
  }
  return whole;
}
