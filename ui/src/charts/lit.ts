/** Which run the pointer is at. Told past React, so that a moving pointer draws no page anew. */
export type Lit = {
  get: () => string | undefined;
  set: (runId: string | undefined) => void;
  subscribe: (listener: () => void) => () => void;
};

/** A light that is on nothing yet; one page has one. */
export function makeLit(): Lit {
  let lit: string | undefined;
  const listeners = new Set<() => void>();
  return {
    get: () => lit,
    set: (runId) => {
      if (runId === lit) return;
      lit = runId;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
