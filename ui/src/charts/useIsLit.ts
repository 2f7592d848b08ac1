import { useSyncExternalStore } from "react";
import type { Lit } from "./lit";

/** Whether this run is in the light; only what changes is drawn again. */
export function useIsLit(lit: Lit, runId: string): boolean {
  return useSyncExternalStore(lit.subscribe, () => lit.get() === runId);
}
