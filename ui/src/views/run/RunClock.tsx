import { useEffect, useState } from "react";
import { formatDuration } from "../../format/times";

export type RunClockProps = {
  startMs: number | undefined;
  endMs: number | undefined;
  isRunning: boolean;
};

/** A run's duration, going on by the second while the run does. */
export function RunClock({ startMs, endMs, isRunning }: RunClockProps) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);
  const end = isRunning ? now : endMs;
  if (startMs === undefined || end === undefined) return <span className="muted">–</span>;
  return (
    <span className="RunClock" data-testid="run-duration">
      {formatDuration(Math.max(0, end - startMs))}
    </span>
  );
}
