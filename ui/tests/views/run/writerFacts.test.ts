import { expect, test } from "vitest";
import {
  standingOf,
  writerName,
  writersLine,
  writersName,
} from "../../../src/views/run/writerFacts";
import type { Writer } from "../../../src/wire/writers";

const NOW = 1_000_000;
const writer = (changes: Partial<Writer> = {}): Writer => ({
  writer: "w",
  rank: null,
  state: "ok",
  waiting: 0,
  seen_ms: NOW - 1000,
  host: "node-1",
  pid: 7,
  ...changes,
});

test("a writer is named by its rank, or by its machine and process", () => {
  expect(writerName(writer({ rank: 3 }))).toBe("rank 3");
  expect(writerName(writer())).toBe("node-1:7");
  expect(writersName([writer({ rank: 0 }), writer({ rank: 1 })])).toBe("2 ranks");
  expect(writersName([writer({ rank: 0 }), writer()])).toBe("2 processes");
});

test("of many writers the line counts how they stand, the worst first", () => {
  const writers = [writer(), writer({ state: "lagging", waiting: 1204 }), writer()];
  const standings = writers.map((each) => standingOf(each, true, NOW));
  expect(writersLine(writers, standings)).toBe("1 lagging, 2 ok (1,204 values waiting)");
});

test("a writer of a running run that is not heard of is silent, of an ended one it is not", () => {
  const old = writer({ seen_ms: NOW - 90_000 });
  expect(standingOf(old, true, NOW)).toBe("silent");
  expect(standingOf(old, false, NOW)).toBe("ok");
  expect(standingOf({ ...old, state: "offline" }, true, NOW)).toBe("offline");
});
