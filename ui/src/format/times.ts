const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `just now`, `4 min ago`, `3 h ago`, `2 d ago`, then the date. */
export function relativeTime(ms: number, now: number): string {
  const age = now - ms;
  if (age < -MINUTE) return isoDate(ms);
  if (age < 10 * SECOND) return "just now";
  if (age < MINUTE) return `${Math.floor(age / SECOND)} s ago`;
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  if (age < DAY) return `${Math.floor(age / HOUR)} h ago`;
  if (age < 14 * DAY) return `${Math.floor(age / DAY)} d ago`;
  return isoDate(ms);
}

/** `2026-03-14 09:26:53.589`, in the reader's time zone. */
export function exactTime(ms: number): string {
  const date = new Date(ms);
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  return `${isoDate(ms)} ${clock}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

/** `87 ms`, `4.2 s`, `3 min 08 s`, `1 h 04 m`, `2 d 03 h`. */
export function formatDuration(ms: number): string {
  if (ms < 0) return "–";
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < 10 * SECOND) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ${two(Math.floor(ms / SECOND) % 60)} s`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ${two(Math.floor(ms / MINUTE) % 60)} m`;
  return `${Math.floor(ms / DAY)} d ${two(Math.floor(ms / HOUR) % 24)} h`;
}

function isoDate(ms: number): string {
  const date = new Date(ms);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
