import { expect, test } from "vitest";
import { exactTime, formatDuration, relativeTime } from "../../src/format/times";

const NOW = Date.UTC(2026, 2, 14, 9, 26, 53);

test("a recent moment is told by its age, an old one by its date", () => {
  const ages = [2000, 30_000, 240_000, 3 * 3_600_000, 2 * 86_400_000];
  expect(ages.map((age) => relativeTime(NOW - age, NOW))).toEqual([
    "just now",
    "30 s ago",
    "4 min ago",
    "3 h ago",
    "2 d ago",
  ]);
  expect(relativeTime(NOW - 40 * 86_400_000, NOW)).toMatch(/^2026-0[12]-\d\d$/);
});

test("a moment ahead of the clock is told by its date, never as a negative age", () => {
  expect(relativeTime(NOW + 86_400_000, NOW)).toMatch(/^2026-03-1\d$/);
});

test("an exact time shows milliseconds", () => {
  expect(exactTime(NOW + 89)).toMatch(/\.089$/);
});

test("durations keep two units and their width", () => {
  const spans = [87, 4200, 42_000, 188_000, 3_840_000, 2 * 86_400_000 + 3 * 3_600_000];
  expect(spans.map(formatDuration)).toEqual([
    "87 ms",
    "4.2 s",
    "42 s",
    "3 min 08 s",
    "1 h 04 m",
    "2 d 03 h",
  ]);
});
