import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { useHeartbeat } from "../../store/useHeartbeat";
import { readReachable, subscribeReachable } from "../../wire/reachability";

const RETRY_MS = 3000;

/** Whether the server answers. While it does not, everything on the page is asked again. */
export function Connection() {
  const isReachable = useSyncExternalStore(subscribeReachable, readReachable);
  const queries = useQueryClient();
  useHeartbeat();
  useEffect(() => {
    if (isReachable) return;
    const timer = setInterval(() => void queries.refetchQueries({ type: "active" }), RETRY_MS);
    return () => clearInterval(timer);
  }, [isReachable, queries]);
  return (
    <span
      className={isReachable ? "Connection" : "Connection is-lost"}
      role="status"
      data-testid="connection"
      title={isReachable ? "The server answers" : "The server does not answer; trying again"}
    >
      <span>{isReachable ? "Connected" : "Server unreachable"}</span>
    </span>
  );
}
