import { type Curve, type CurvesRequest, MOST_KEYS, MOST_POINTS } from "../wire/curves";

type Draw = (asked: CurvesRequest, signal: AbortSignal) => Promise<Curve[]>;
type Read = (asked: CurvesRequest, signal?: AbortSignal) => Promise<Curve[]>;

/** One panel that waits for its curves. */
type Waiter = {
  asked: CurvesRequest;
  signal: AbortSignal | undefined;
  resolve: (curves: Curve[]) => void;
  reject: (reason: unknown) => void;
};

/** Panels that come into sight together ask within this time. */
const GATHER_MS = 12;

/**
 * A reader that puts the questions of many panels into few requests.
 *
 * What is asked about the same runs and the same stretch within a moment goes out as one
 * request with all the keys. A request is aborted once nobody waits for it any more.
 */
export function makeCurveReader(draw: Draw): Read {
  const gathered = new Map<string, Waiter[]>();
  return (asked, signal) =>
    new Promise((resolve, reject) => {
      const waiter = { asked, signal, resolve, reject };
      const like = JSON.stringify([asked.runIds, asked.axis, asked.window, asked.points]);
      const others = gathered.get(like);
      if (others) {
        others.push(waiter);
        return;
      }
      gathered.set(like, [waiter]);
      setTimeout(() => {
        const waiters = gathered.get(like) ?? [];
        gathered.delete(like);
        for (const part of inRequests(waiters)) void send(part, draw);
      }, GATHER_MS);
    });
}

/** Waiters that share a request, within what the server takes. */
function inRequests(waiters: readonly Waiter[]): Waiter[][] {
  const parts: Waiter[][] = [];
  let keys = new Set<string>();
  for (const waiter of waiters) {
    const { asked, signal, reject } = waiter;
    if (signal?.aborted) {
      reject(signal.reason);
      continue;
    }
    const both = new Set([...keys, ...asked.keys]);
    const points = both.size * asked.runIds.length * asked.points;
    const part = parts.at(-1);
    if (part && both.size <= MOST_KEYS && points <= MOST_POINTS) {
      part.push(waiter);
      keys = both;
    } else {
      parts.push([waiter]);
      keys = new Set(asked.keys);
    }
  }
  return parts;
}

async function send(waiters: readonly Waiter[], draw: Draw): Promise<void> {
  const [first] = waiters;
  if (!first) return;
  const stop = new AbortController();
  const leave = () => {
    if (waiters.every(({ signal }) => signal?.aborted)) stop.abort(first.signal?.reason);
  };
  for (const { signal } of waiters) signal?.addEventListener("abort", leave);
  const keys = [...new Set(waiters.flatMap(({ asked }) => asked.keys))];
  try {
    const curves = await draw({ ...first.asked, keys }, stop.signal);
    for (const { asked, resolve } of waiters) {
      resolve(curves.filter(({ key }) => asked.keys.includes(key)));
    }
  } catch (failure) {
    for (const { reject } of waiters) reject(failure);
  } finally {
    for (const { signal } of waiters) signal?.removeEventListener("abort", leave);
  }
}
