import { get, post } from "../wire/client";
import { toApiError } from "../wire/errors";
import type { Experiment } from "../wire/types";
import { type KeptCharts, readCharts, writeCharts } from "./chartsTag";
import { keys } from "./keys";
import { queryClient } from "./queryClient";
import { showToast } from "./toasts";

/** The tag of an experiment that keeps its charts, so that everybody sees them. */
export const CHARTS_TAG = "epochal.charts";

/** The charts that an experiment keeps, as its tag says. */
export function chartsOf(experiment: Experiment): KeptCharts {
  return readCharts(experiment.tags?.find(({ key }) => key === CHARTS_TAG)?.value);
}

/**
 * Change the kept charts: shown at once, taken back when the server refuses.
 *
 * The change is made to what the server has now, so that a colleague's new chart stays.
 */
export async function changeCharts(
  experimentId: string,
  change: (kept: KeptCharts) => KeptCharts,
): Promise<boolean> {
  const queryKey = keys.experiment(experimentId);
  await queryClient.cancelQueries({ queryKey });
  const before = queryClient.getQueryData<Experiment>(queryKey);
  if (before) queryClient.setQueryData(queryKey, withCharts(before, change));
  try {
    const { experiment } = await get<{ experiment: Experiment }>("experiments/get", {
      experiment_id: experimentId,
    });
    const value = writeCharts(change(chartsOf(experiment)));
    const body = { experiment_id: experimentId, key: CHARTS_TAG, value };
    await post("experiments/set-experiment-tag", body);
  } catch (failure) {
    if (before) queryClient.setQueryData(queryKey, before);
    showToast({
      kind: "failed",
      text: `The charts were not kept: ${toApiError(failure).message}`,
    });
    return false;
  }
  await queryClient.invalidateQueries({ queryKey });
  return true;
}

function withCharts(experiment: Experiment, change: (kept: KeptCharts) => KeptCharts): Experiment {
  const others = (experiment.tags ?? []).filter(({ key }) => key !== CHARTS_TAG);
  const value = writeCharts(change(chartsOf(experiment)));
  return { ...experiment, tags: [...others, { key: CHARTS_TAG, value }] };
}
