import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import type { Points } from "../charts/points";
import { getPointsOfRuns, type HistoryRange, MOST_POINTS } from "../wire/histories";
import { useKept } from "./useKept";

const LIVE_MS = 5000;
/** How many points a zoomed chart asks for in all. */
const DETAIL_POINTS = 25_000;

/** The curves of one metric by run id. */
export type Histories = ReadonlyMap<string, Points>;

export type RunHistories = {
  /** In the order of the metrics; undefined until the first answer. */
  histories: readonly Histories[] | undefined;
  isThinned: boolean;
  error: Error | undefined;
  refetch: () => void;
};

/**
 * Some metrics of many runs, one question a metric, thinned out to what a panel can show.
 *
 * What was read stays in sight while other runs or another stretch are being asked for.
 */
export function useRunHistories(
  metricKeys: readonly string[],
  runIds: readonly string[],
  options: { isLive: boolean; range?: HistoryRange },
): RunHistories {
  const { isLive, range } = options;
  const ids = runIds.toSorted();
  const limit = range ? detailLimit(ids.length) : overviewLimit(ids.length);
  const found = useQueries({
    queries: metricKeys.map((metricKey) => ({
      queryKey: ["histories", metricKey, ids, range ?? "all"],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        getPointsOfRuns(ids, metricKey, { range, limit }, signal),
      staleTime: LIVE_MS,
      gcTime: 60_000,
      refetchInterval: isLive ? LIVE_MS : (false as const),
      structuralSharing: false as const,
    })),
    combine,
  });
  const histories = useKept(found.histories);
  return { ...found, histories, isThinned: isThinned(found.histories, limit) };
}

/** A panel is a few hundred pixels wide, and many runs must not make an answer of megabytes. */
export function overviewLimit(runs: number): number {
  if (runs <= 3) return 1000;
  if (runs <= 10) return 500;
  return runs <= 50 ? 300 : 150;
}

function detailLimit(runs: number): number {
  return Math.min(MOST_POINTS, Math.floor(DETAIL_POINTS / Math.max(1, runs)));
}

function combine(results: UseQueryResult<Histories>[]) {
  const answers = results.flatMap(({ data }) => data ?? []);
  return {
    histories: answers.length === results.length ? answers : undefined,
    error: results.find(({ error, data }) => error && !data)?.error ?? undefined,
    refetch: () => {
      for (const result of results) void result.refetch();
    },
  };
}

function isThinned(histories: readonly Histories[] | undefined, limit: number): boolean {
  return (histories ?? []).some((runs) =>
    [...runs.values()].some(({ steps }) => steps.length >= limit),
  );
}
