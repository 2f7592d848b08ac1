import { useQuery } from "@tanstack/react-query";
import { toApiError } from "../wire/errors";
import {
  createView,
  deleteView,
  type SavedView,
  searchViews,
  updateView,
  type ViewQuery,
} from "../wire/views";
import { keys } from "./keys";
import { queryClient } from "./queryClient";
import { showToast } from "./toasts";

/** The saved views of an experiment, by name. */
export function useViews(experimentId: string) {
  return useQuery({
    queryKey: keys.views(experimentId),
    queryFn: ({ signal }) => searchViews(experimentId, signal),
    staleTime: 30_000,
  });
}

/** Save a new view. Rejects when the server refuses. */
export async function saveView(
  experimentId: string,
  name: string,
  query: ViewQuery,
): Promise<SavedView> {
  const made = await createView({ name, experiment_ids: [experimentId], query });
  await refresh(experimentId);
  return made;
}

/** Change a view. Rejects when the server refuses. */
export async function changeView(
  experimentId: string,
  viewId: string,
  changes: { name?: string; query?: ViewQuery },
): Promise<void> {
  await updateView(viewId, changes);
  await refresh(experimentId);
}

/** Delete a view, and offer to save it again. */
export async function removeView(experimentId: string, view: SavedView): Promise<void> {
  try {
    await deleteView(view.view_id);
  } catch (thrown) {
    const { message } = toApiError(thrown);
    showToast({ kind: "failed", text: `The view was not deleted. ${message}` });
    return;
  }
  await refresh(experimentId);
  showToast({
    kind: "done",
    text: `Deleted the view ${view.name}.`,
    action: {
      label: "Undo",
      run: () => void saveAgain(experimentId, view),
    },
  });
}

async function saveAgain(experimentId: string, { name, query }: SavedView): Promise<void> {
  try {
    await saveView(experimentId, name, query);
  } catch (thrown) {
    const { message } = toApiError(thrown);
    showToast({ kind: "failed", text: `The view was not saved again. ${message}` });
  }
}

function refresh(experimentId: string): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: keys.views(experimentId) });
}
