/** Whether the last request got through: the one fact behind the light in the top bar. */

type Listener = () => void;

let isReachable = true;
const listeners = new Set<Listener>();

/** Note the outcome of a request; listeners hear of changes only. */
export function reportReachable(now: boolean): void {
  if (now === isReachable) return;
  isReachable = now;
  for (const listener of listeners) listener();
}

export function subscribeReachable(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function readReachable(): boolean {
  return isReachable;
}
