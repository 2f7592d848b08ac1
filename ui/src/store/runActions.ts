import type { InfiniteData } from "@tanstack/react-query";
import { post } from "../wire/client";
import { toApiError } from "../wire/errors";
import type { TablePage } from "../wire/tables";
import { inTurn } from "./inTurn";
import { keys } from "./keys";
import { queryClient } from "./queryClient";
import { showToast } from "./toasts";

/** Delete runs: they leave the table at once, and a note offers to bring them back. */
export function deleteRuns(experimentId: string, runIds: readonly string[]): Promise<void> {
  return change(experimentId, runIds, "delete", {
    label: "Undo",
    run: () => void restoreRuns(experimentId, runIds),
  });
}

/** Bring deleted runs back. */
export function restoreRuns(experimentId: string, runIds: readonly string[]): Promise<void> {
  return change(experimentId, runIds, "restore");
}

async function change(
  experimentId: string,
  runIds: readonly string[],
  verb: "delete" | "restore",
  action?: { label: string; run: () => void },
): Promise<void> {
  await queryClient.cancelQueries({ queryKey: keys.runs(experimentId) });
  leaveOut(experimentId, new Set(runIds));
  const failures = await inTurn(runIds, (run_id) => post(`runs/${verb}`, { run_id }));
  const done = runIds.length - failures.length;
  if (done > 0) {
    showToast({ kind: "done", text: `${countRuns(done)} ${verb}d`, action });
  }
  if (failures.length > 0) {
    const { message } = toApiError(failures[0]);
    showToast({ kind: "failed", text: `${countRuns(failures.length)} not ${verb}d: ${message}` });
  }
  await queryClient.invalidateQueries({ queryKey: keys.runs(experimentId) });
  for (const runId of runIds) void queryClient.invalidateQueries({ queryKey: keys.run(runId) });
}

/** In every list on the screen the runs change sides, so they go from where they stand. */
function leaveOut(experimentId: string, runIds: ReadonlySet<string>): void {
  queryClient.setQueriesData<InfiniteData<TablePage>>(
    { queryKey: keys.runTables(experimentId) },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => without(page, runIds)),
      },
  );
}

function without(page: TablePage, runIds: ReadonlySet<string>): TablePage {
  const isLeft = page.run_ids.map((id) => !runIds.has(id));
  const left = <T>(values: readonly T[]) => values.filter((_, index) => isLeft[index]);
  return {
    ...page,
    run_ids: left(page.run_ids),
    columns: Object.fromEntries(
      Object.entries(page.columns).map(([name, values]) => [name, left(values)]),
    ),
  };
}

export function countRuns(count: number): string {
  return count === 1 ? "1 run" : `${count.toLocaleString("en-US")} runs`;
}
