import { exactTime, relativeTime } from "../format/times";
import { useNow } from "../store/useNow";

export type TimeProps = { ms: number | undefined };

/** A moment, relative to now; the exact time shows on hover. */
export function Time({ ms }: TimeProps) {
  const now = useNow();
  if (ms === undefined) return <span className="muted">–</span>;
  return (
    <time dateTime={new Date(ms).toISOString()} title={exactTime(ms)}>
      {relativeTime(ms, Math.max(now, ms))}
    </time>
  );
}
