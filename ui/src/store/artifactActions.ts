import { deleteArtifact } from "../wire/artifacts";
import { toApiError } from "../wire/errors";
import { keys } from "./keys";
import { queryClient } from "./queryClient";
import { showToast } from "./toasts";

/** Delete a file or folder of a run; whether it went. */
export async function removeArtifact(runId: string, path: string): Promise<boolean> {
  try {
    await deleteArtifact(runId, path);
  } catch (thrown) {
    showToast({ kind: "failed", text: `Not deleted: ${toApiError(thrown).message}` });
    return false;
  }
  queryClient.removeQueries({ queryKey: keys.artifacts(runId, path) });
  await queryClient.invalidateQueries({ queryKey: [...keys.run(runId), "artifacts"] });
  showToast({ kind: "done", text: `Deleted ${path}.` });
  return true;
}
