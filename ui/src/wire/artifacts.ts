import { artifactUrl, get, OURS, postOurs, queryString, request } from "./client";
import { ApiError, errorFromBody } from "./errors";
import type { ArtifactList } from "./types";

/** List one folder of a run's artifacts; the empty path is the top. */
export function listArtifacts(
  runId: string,
  path: string,
  signal?: AbortSignal,
): Promise<ArtifactList> {
  return get<ArtifactList>("artifacts/list", { run_id: runId, path: path || undefined }, signal);
}

/** Where a folder is read as one zip file. */
export function archiveUrl(runId: string, path: string): string {
  return `${OURS}artifacts/archive${queryString({ run_id: runId, path: path || undefined })}`;
}

/** Where a logged page or PDF is shown in a frame, by the rules that the server gives it. */
export function pageUrl(runId: string, path: string): string {
  return `${OURS}artifacts/page${queryString({ run_id: runId, path })}`;
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

/** Read some bytes of an artifact, `end` not included. */
export async function readArtifactPart(
  runId: string,
  path: string,
  start: number,
  end: number,
): Promise<ArrayBuffer> {
  const headers = { Range: `bytes=${start}-${end - 1}` };
  const response = await request(artifactUrl(runId, path), { headers });
  const bytes = await response.arrayBuffer();
  // A server that knows no ranges answers with the whole file.
  return response.status === 206 ? bytes : bytes.slice(start, end);
}

/** What the server says of a file without sending it. */
export type FileFacts = { type: string | undefined; sha256: string | undefined };

export async function readFileFacts(
  runId: string,
  path: string,
  signal?: AbortSignal,
): Promise<FileFacts> {
  const { headers } = await request(artifactUrl(runId, path), { method: "HEAD", signal });
  return {
    type: headers.get("Content-Type")?.split(";")[0],
    sha256: readDigest(headers.get("Repr-Digest")),
  };
}

/** The SHA-256 of a `Repr-Digest` header in hexadecimal. */
export function readDigest(header: string | null): string | undefined {
  const coded = /sha-256=:([A-Za-z0-9+/=]+):/.exec(header ?? "")?.[1];
  if (!coded) return undefined;
  return [...atob(coded)]
    .map((letter) => letter.charCodeAt(0).toString(16).padStart(2, "0"))
    .join("");
}

/** Delete a file, or a folder with all below it. */
export function deleteArtifact(runId: string, path: string): Promise<unknown> {
  return postOurs("artifacts/delete", { run_id: runId, path });
}

export type UploadOptions = {
  signal: AbortSignal;
  /** Told how many bytes are on their way. */
  onProgress: (sent: number) => void;
};

/** Write a file below a run's artifacts, over one of the same path. Rejects with `ApiError`. */
export function uploadArtifact(
  runId: string,
  path: string,
  file: Blob,
  { signal, onProgress }: UploadOptions,
): Promise<void> {
  // `fetch` does not tell how far an upload is.
  const asking = new XMLHttpRequest();
  asking.open("PUT", `${OURS}artifacts/file${queryString({ run_id: runId, path })}`);
  asking.setRequestHeader("Content-Type", "application/octet-stream");
  const cancel = () => asking.abort();
  signal.addEventListener("abort", cancel);
  return new Promise<void>((resolve, reject) => {
    asking.upload.onprogress = ({ loaded }) => onProgress(loaded);
    asking.onload = () => {
      if (asking.status >= 200 && asking.status < 300) resolve();
      else reject(errorFromBody(asking.status, asking.responseText));
    };
    asking.onabort = () => reject(failure("CANCELLED", "The upload was cancelled."));
    asking.onerror = () =>
      reject(failure("UNREACHABLE", "The line to the server broke during the upload."));
    asking.send(file);
  }).finally(() => signal.removeEventListener("abort", cancel));
}

function failure(code: string, message: string): ApiError {
  return new ApiError({ status: 0, code, message });
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
