import { post } from "../wire/client";
import { toApiError } from "../wire/errors";
import type { Run, Tag } from "../wire/types";
import { keys } from "./keys";
import { queryClient } from "./queryClient";
import { showToast } from "./toasts";

/** Rename a run: shown at once, taken back when the server refuses. */
export function renameRun(runId: string, name: string): Promise<boolean> {
  return edit(
    runId,
    "The run was not renamed.",
    (run) => ({ ...run, info: { ...run.info, run_name: name } }),
    () => post("runs/update", { run_id: runId, run_name: name }),
  );
}

/** Add a tag or change its value. */
export function setRunTag(runId: string, key: string, value: string): Promise<boolean> {
  return edit(
    runId,
    `The tag ${key} was not saved.`,
    (run) => withTags(run, (tags) => [...tags.filter((tag) => tag.key !== key), { key, value }]),
    () => post("runs/set-tag", { run_id: runId, key, value }),
  );
}

/** Remove a tag, and offer to put it back. */
export async function deleteRunTag(runId: string, { key, value }: Tag): Promise<void> {
  const isDone = await edit(
    runId,
    `The tag ${key} was not deleted.`,
    (run) => withTags(run, (tags) => tags.filter((tag) => tag.key !== key)),
    () => post("runs/delete-tag", { run_id: runId, key }),
  );
  if (!isDone) return;
  showToast({
    kind: "done",
    text: `Deleted tag ${key}.`,
    action: { label: "Undo", run: () => void setRunTag(runId, key, value) },
  });
}

/** Delete a run, and offer to restore it: a deleted run is kept until it is purged. */
export async function deleteRun(runId: string): Promise<void> {
  const isDone = await edit(
    runId,
    "The run was not deleted.",
    (run) => ({ ...run, info: { ...run.info, lifecycle_stage: "deleted" } }),
    () => post("runs/delete", { run_id: runId }),
  );
  if (!isDone) return;
  showToast({
    kind: "done",
    text: "Deleted the run.",
    action: { label: "Undo", run: () => void restoreRun(runId) },
  });
}

export function restoreRun(runId: string): Promise<boolean> {
  return edit(
    runId,
    "The run was not restored.",
    (run) => ({ ...run, info: { ...run.info, lifecycle_stage: "active" } }),
    () => post("runs/restore", { run_id: runId }),
  );
}

/** Show a change at once, send it, and go back to the truth if it was refused. */
async function edit(
  runId: string,
  failure: string,
  change: (run: Run) => Run,
  send: () => Promise<unknown>,
): Promise<boolean> {
  const queryKey = keys.run(runId);
  await queryClient.cancelQueries({ queryKey, exact: true });
  const before = queryClient.getQueryData<Run>(queryKey);
  if (before) queryClient.setQueryData(queryKey, change(before));
  try {
    await send();
  } catch (thrown) {
    if (before) queryClient.setQueryData(queryKey, before);
    showToast({ kind: "failed", text: `${failure} ${toApiError(thrown).message}` });
    return false;
  }
  await queryClient.invalidateQueries({ queryKey, exact: true });
  void queryClient.invalidateQueries({ queryKey: ["runs"] });
  return true;
}

function withTags(run: Run, change: (tags: Tag[]) => Tag[]): Run {
  return { ...run, data: { ...run.data, tags: change(run.data?.tags ?? []) } };
}
