import { formatDuration } from "../format/times";
import { useNow } from "../store/useNow";

export type DurationProps = { startMs: number | undefined; endMs: number | undefined };

/** How long something took, or has been going on for. */
export function Duration({ startMs, endMs }: DurationProps) {
  const now = useNow();
  if (startMs === undefined) return <span className="muted">–</span>;
  return <span className="num">{formatDuration(Math.max(0, (endMs ?? now) - startMs))}</span>;
}
