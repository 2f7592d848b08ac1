import { uploadArtifact } from "../wire/artifacts";
import { toApiError } from "../wire/errors";
import { keys } from "./keys";
import { queryClient } from "./queryClient";
import { showToast } from "./toasts";

/** A file and where it goes below the folder that it is uploaded to. */
export type FileToSend = { path: string; file: File };

/** Files on their way into one run. */
export type Upload = {
  id: number;
  runId: string;
  count: number;
  done: number;
  bytes: number;
  sent: number;
  /** What is being sent now. */
  current: string;
  cancel: () => void;
};

/** Browsers open about six lines to a server; the page needs some for itself. */
const AT_ONCE = 3;

let uploads: readonly Upload[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

export function subscribeUploads(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function readUploads(): readonly Upload[] {
  return uploads;
}

/** Upload files into a folder of a run, a few at a time; how it went is said at the end. */
export async function startUpload(
  runId: string,
  folder: string,
  files: readonly FileToSend[],
): Promise<void> {
  const id = ++lastId;
  const stop = new AbortController();
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  const first = { id, runId, count: files.length, done: 0, bytes, sent: 0, current: "" };
  change([...uploads, { ...first, cancel: () => stop.abort() }]);
  const sent = new Map<FileToSend, number>();
  const failed: string[] = [];
  const waiting = [...files];
  const work = async () => {
    for (let next = waiting.shift(); next && !stop.signal.aborted; next = waiting.shift()) {
      const one = next;
      update(id, { current: one.path });
      const onProgress = (size: number) => {
        sent.set(one, Math.min(size, one.file.size));
        update(id, { sent: [...sent.values()].reduce((sum, each) => sum + each, 0) });
      };
      const target = folder ? `${folder}/${one.path}` : one.path;
      try {
        await uploadArtifact(runId, target, one.file, { signal: stop.signal, onProgress });
        update(id, { done: (find(id)?.done ?? 0) + 1 });
      } catch (thrown) {
        if (!stop.signal.aborted) failed.push(`${one.path}: ${toApiError(thrown).message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, files.length) }, work));
  const done = find(id)?.done ?? 0;
  change(uploads.filter((upload) => upload.id !== id));
  await queryClient.invalidateQueries({ queryKey: [...keys.run(runId), "artifacts"] });
  report(files, done, failed, stop.signal.aborted);
}

function report(
  files: readonly FileToSend[],
  done: number,
  failed: readonly string[],
  isCancelled: boolean,
): void {
  const what = files.length === 1 ? (files[0]?.path ?? "1 file") : `${done} files`;
  if (isCancelled) {
    showToast({ kind: "done", text: `Cancelled; ${done} of ${files.length} files are there.` });
  } else if (done > 0) {
    showToast({ kind: "done", text: `Uploaded ${what}.` });
  }
  for (const text of failed.slice(0, 3))
    showToast({ kind: "failed", text: `Not uploaded: ${text}` });
  if (failed.length > 3) {
    showToast({ kind: "failed", text: `${failed.length - 3} more files were not uploaded.` });
  }
}

function find(id: number): Upload | undefined {
  return uploads.find((upload) => upload.id === id);
}

function update(id: number, changes: Partial<Upload>): void {
  change(uploads.map((upload) => (upload.id === id ? { ...upload, ...changes } : upload)));
}

function change(next: readonly Upload[]): void {
  uploads = next;
  for (const listener of listeners) listener();
}
