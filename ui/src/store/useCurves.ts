import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { XAxis } from "../charts/horizontal";
import { isSamePoints } from "../charts/points";
import { type Curve, drawCurves, type Window } from "../wire/curves";
import { makeCurveReader } from "./curveReader";
import { useKept } from "./useKept";

export type CurvesAsked = {
  runIds: readonly string[];
  keys: readonly string[];
  axis: XAxis;
  isLive: boolean;
};

export type CurvesFound = {
  /** Undefined until the first answer. */
  curves: readonly Curve[] | undefined;
  /** No point of any curve was left out. */
  isWhole: boolean;
  error: Error | undefined;
  refetch: () => void;
};

/** All curves of the cache, so that they can be refreshed at once. */
export const CURVES_KEY = ["curves"] as const;

const LIVE_MS = 2000;
const LIVE_MANY_MS = 5000;
/** How many points a zoomed chart asks for in all, and of one curve. */
const DETAIL_POINTS = 40_000;
const MOST_DETAIL = 5000;

const readCurves = makeCurveReader(drawCurves);

/** Some metrics of some runs, as many points as a panel can show, the peaks among them. */
export function useCurves({ runIds, keys, axis, isLive }: CurvesAsked): CurvesFound {
  const client = useQueryClient();
  const ids = runIds.toSorted();
  const queryKey = [...CURVES_KEY, ids, keys, axis];
  const live = ids.length * keys.length > 8 ? LIVE_MANY_MS : LIVE_MS;
  const found = useQuery({
    queryKey,
    enabled: ids.length > 0 && keys.length > 0,
    queryFn: async ({ signal }) => {
      const points = overviewPoints(ids.length * keys.length);
      const fresh = await readCurves(
        { runIds: ids, keys, axis, window: undefined, points },
        signal,
      );
      return keepSame(client.getQueryData<Curve[]>(queryKey), fresh);
    },
    staleTime: LIVE_MS,
    gcTime: 60_000,
    refetchInterval: isLive ? live : false,
    // The columns are typed arrays: comparing them deeply would cost more than drawing.
    structuralSharing: false,
  });
  // What was read stays in sight while other runs are being asked for.
  const curves = useKept(found.data);
  return {
    curves: ids.length === 0 ? [] : curves,
    isWhole: (found.data ?? []).every(({ isWhole }) => isWhole),
    error: found.error && !found.data ? found.error : undefined,
    refetch: () => void found.refetch(),
  };
}

/** The same curves within a window, as exactly as a screen can show; undefined until read. */
export function useCurveDetail(
  { runIds, keys, axis, isLive }: CurvesAsked,
  window: Window | undefined,
): readonly Curve[] | undefined {
  const ids = runIds.toSorted();
  const count = Math.max(1, ids.length * keys.length);
  const points = Math.min(MOST_DETAIL, Math.max(200, Math.floor(DETAIL_POINTS / count)));
  return useQuery({
    queryKey: [...CURVES_KEY, ids, keys, axis, window],
    enabled: window !== undefined,
    queryFn: ({ signal }) => readCurves({ runIds: ids, keys, axis, window, points }, signal),
    staleTime: LIVE_MS,
    gcTime: 60_000,
    refetchInterval: isLive ? LIVE_MANY_MS : false,
    structuralSharing: false,
  }).data;
}

/** A panel is a few hundred pixels wide, and many curves must not make an answer of megabytes. */
export function overviewPoints(curves: number): number {
  if (curves <= 3) return 1000;
  if (curves <= 10) return 500;
  return curves <= 50 ? 300 : 150;
}

/** The known curves where nothing has changed, so that nothing is drawn again. */
function keepSame(known: readonly Curve[] | undefined, fresh: Curve[]): Curve[] {
  if (!known || known.length !== fresh.length) return fresh;
  const isSame = fresh.every((curve, index) => {
    const old = known[index];
    return (
      old?.runId === curve.runId &&
      old.key === curve.key &&
      old.isWhole === curve.isWhole &&
      isSamePoints(old.points, curve.points)
    );
  });
  return isSame ? (known as Curve[]) : fresh;
}
