import { useMemo, useSyncExternalStore } from "react";
import { formatHash, type Location, parseHash } from "./location";

/** The current location; a component that reads it is drawn again when it changes. */
export function useLocation(): Location {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => parseHash(hash), [hash]);
}

/** Go to an address made by `paths`; `replace` leaves no step behind for the back button. */
export function navigate(hash: string, options: { replace?: boolean } = {}): void {
  if (hash === window.location.hash) return;
  if (options.replace) window.history.replaceState(null, "", hash);
  else window.history.pushState(null, "", hash);
  window.dispatchEvent(new Event("hashchange"));
}

/** Change some values of the query and keep the rest; undefined or "" removes one. */
export function changeQuery(
  changes: Record<string, string | undefined>,
  options: { replace?: boolean } = { replace: true },
): void {
  const { path, query } = parseHash(window.location.hash);
  for (const [key, value] of Object.entries(changes)) {
    if (value) query.set(key, value);
    else query.delete(key);
  }
  navigate(formatHash(path, query), options);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  window.addEventListener("popstate", listener);
  return () => {
    window.removeEventListener("hashchange", listener);
    window.removeEventListener("popstate", listener);
  };
}
