import { useEffect } from "react";
import { request } from "../wire/client";
import { reportReachable } from "../wire/reachability";

const BEAT_MS = 5000;
/** A busy server may take its time; one that is gone refuses at once. */
const PATIENCE_MS = 8000;

/** Ask now and then whether the server is there, so that a quiet page knows it too. */
export function useHeartbeat(): void {
  useEffect(() => {
    const beat = async () => {
      if (document.visibilityState === "hidden") return;
      const patience = AbortSignal.timeout(PATIENCE_MS);
      try {
        await request("health", { signal: patience });
      } catch {
        if (patience.aborted) reportReachable(false);
      }
    };
    const now = () => void beat();
    const timer = setInterval(now, BEAT_MS);
    window.addEventListener("offline", now);
    document.addEventListener("visibilitychange", now);
    return () => {
      clearInterval(timer);
      window.removeEventListener("offline", now);
      document.removeEventListener("visibilitychange", now);
    };
  }, []);
}
