import type { InfiniteData } from "@tanstack/react-query";
import { post } from "../wire/client";
import { toApiError } from "../wire/errors";
import type { Experiment, ExperimentPage } from "../wire/types";
import { keys } from "./keys";
import { queryClient } from "./queryClient";
import { showToast } from "./toasts";

/** The tag in which MLflow keeps what people write about an experiment or a run. */
export const NOTE_TAG = "mlflow.note.content";

/** Create an experiment and return its id; an empty location leaves the choice to the server. */
export async function createExperiment(name: string, artifactLocation: string): Promise<string> {
  const created = await post<{ experiment_id: string }>("experiments/create", {
    name,
    ...(artifactLocation ? { artifact_location: artifactLocation } : {}),
  });
  await queryClient.invalidateQueries({ queryKey: keys.experiments });
  return created.experiment_id;
}

export async function renameExperiment(id: string, name: string): Promise<void> {
  await post("experiments/update", { experiment_id: id, new_name: name });
  queryClient.setQueryData<Experiment>(keys.experiment(id), (old) => old && { ...old, name });
  await refresh(id);
}

/** Delete an experiment with its runs: it leaves the list at once, and a note offers undo. */
export function deleteExperiment({ experiment_id: id, name }: Experiment): Promise<void> {
  return change(id, "delete", `Experiment ${name} deleted`, {
    label: "Undo",
    run: () => void change(id, "restore", `Experiment ${name} restored`),
  });
}

/** Bring a deleted experiment back, and all of its runs. */
export function restoreExperiment({ experiment_id: id, name }: Experiment): Promise<void> {
  return change(id, "restore", `Experiment ${name} restored`);
}

/** Keep an experiment's notes; an empty text is kept as well. */
export async function saveNote(id: string, text: string): Promise<void> {
  await post("experiments/set-experiment-tag", {
    experiment_id: id,
    key: NOTE_TAG,
    value: text,
  });
  await refresh(id);
}

async function change(
  id: string,
  verb: "delete" | "restore",
  text: string,
  action?: { label: string; run: () => void },
): Promise<void> {
  await queryClient.cancelQueries({ queryKey: keys.experiments });
  leaveOut(id);
  try {
    await post(`experiments/${verb}`, { experiment_id: id });
    showToast({ kind: "done", text, action });
  } catch (failure) {
    const { message } = toApiError(failure);
    showToast({ kind: "failed", text: `The experiment was not ${verb}d: ${message}` });
  }
  await Promise.all([refresh(id), queryClient.invalidateQueries({ queryKey: keys.runs(id) })]);
}

function leaveOut(id: string): void {
  queryClient.setQueriesData<InfiniteData<ExperimentPage>>(
    { queryKey: keys.experiments },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          experiments: page.experiments?.filter(({ experiment_id }) => experiment_id !== id),
        })),
      },
  );
}

async function refresh(id: string): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: keys.experiment(id) }),
    queryClient.invalidateQueries({ queryKey: keys.experiments }),
  ]);
}
