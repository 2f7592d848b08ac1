import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { lastStep, mergePoints, type Points } from "../charts/points";
import { getPoints, type HistoryRange, MOST_POINTS } from "../wire/histories";

const LIVE_MS = 2000;
/** Enough for every pixel column of a panel; zooming in reads the rest. */
const OVERVIEW_POINTS = 1000;

/** The histories of one run, so that all of them can be refreshed at once. */
export const historyKey = (runId: string) => ["history", runId] as const;

export type History = {
  points: Points;
  /** The server left points out to keep the answer small. */
  isThinned: boolean;
};

/**
 * A metric's whole curve, thinned out when long.
 *
 * While `isLive`, only what came after the last known step is asked for and appended; once
 * that has doubled the curve it is read anew, so that it stays evenly thinned.
 */
export function useMetricHistory(runId: string, metricKey: string, isLive: boolean) {
  const client = useQueryClient();
  const queryKey = [...historyKey(runId), metricKey];
  return useQuery({
    queryKey,
    staleTime: LIVE_MS,
    refetchInterval: isLive ? LIVE_MS : false,
    queryFn: async ({ signal }): Promise<History> => {
      const known = client.getQueryData<History>(queryKey);
      if (!isLive || !known || known.points.steps.length >= 2 * OVERVIEW_POINTS) {
        return readOverview(runId, metricKey, signal);
      }
      const range = { start: lastStep(known.points) ?? 0, end: Number.MAX_SAFE_INTEGER };
      const fresh = await getPoints(runId, metricKey, { range }, signal);
      if (fresh.steps.length >= MOST_POINTS) return readOverview(runId, metricKey, signal);
      const points = mergePoints(known.points, fresh);
      return points === known.points ? known : { ...known, points };
    },
    // The columns are typed arrays: comparing them deeply would cost more than drawing.
    structuralSharing: false,
  });
}

/** A stretch of a metric's curve at full resolution, or as near as the server's limit lets. */
export function useMetricDetail(
  runId: string,
  metricKey: string,
  range: HistoryRange | undefined,
) {
  return useQuery({
    queryKey: [...historyKey(runId), metricKey, range],
    enabled: range !== undefined,
    staleTime: LIVE_MS,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<History> => {
      const points = await getPoints(runId, metricKey, { range }, signal);
      return { points, isThinned: points.steps.length >= MOST_POINTS };
    },
    structuralSharing: false,
  });
}

async function readOverview(
  runId: string,
  metricKey: string,
  signal: AbortSignal,
): Promise<History> {
  const points = await getPoints(runId, metricKey, { limit: OVERVIEW_POINTS }, signal);
  return { points, isThinned: points.steps.length >= OVERVIEW_POINTS };
}
