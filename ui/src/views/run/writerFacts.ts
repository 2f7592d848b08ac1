import { formatCount } from "../../format/numbers";
import { formatDuration } from "../../format/times";
import type { Writer, WriterState } from "../../wire/writers";

/** How a writer stands: as it says itself, or silent where it should have said something. */
export type Standing = WriterState | "silent";

const SILENT_MS = 60_000;
const ORDER: readonly Standing[] = ["degraded", "offline", "silent", "lagging", "ok"];

export const STANDING_HINTS: Record<Standing, string> = {
  ok: "All that it logged has arrived, or is about to",
  lagging: "The store takes what it logs, but not fast enough",
  offline: "It does not reach the store; what it logs is kept on its own disk",
  degraded: "Something was refused or is not safe on its disk; see the messages of the process",
  silent: "Nothing was heard of it for a while",
};

export function standingOf(writer: Writer, isRunning: boolean, now: number): Standing {
  const isSilent = isRunning && writer.state !== "offline" && now - writer.seen_ms > SILENT_MS;
  return isSilent ? "silent" : writer.state;
}

/** `rank 3`, or the machine and process of a writer without a rank. */
export function writerName({ rank, host, pid }: Writer): string {
  return rank === null ? `${host}:${pid}` : `rank ${rank}`;
}

/** `1 offline, 1 lagging, 6 ok (1,204 values waiting)`; the worst come first. */
export function writersLine(writers: readonly Writer[], standings: readonly Standing[]): string {
  const parts = ORDER.flatMap((standing) => {
    const those = standings.filter((each) => each === standing).length;
    if (those === 0) return [];
    return writers.length > 1 ? `${formatCount(those)} ${standing}` : standing;
  });
  const waiting = writers.reduce((sum, writer) => sum + writer.waiting, 0);
  return `${parts.join(", ")}${waiting > 0 ? ` (${formatCount(waiting)} values waiting)` : ""}`;
}

/** `1 process`, `8 ranks`. */
export function writersName(writers: readonly Writer[]): string {
  const [first] = writers;
  if (writers.length === 1 && first) return writerName(first);
  const noun = writers.every(({ rank }) => rank !== null) ? "ranks" : "processes";
  return `${formatCount(writers.length)} ${noun}`;
}

/** How long ago a writer was heard of. */
export function seenText({ seen_ms }: Writer, now: number): string {
  return `${formatDuration(Math.max(0, now - seen_ms))} ago`;
}
