import { expect, test } from "vitest";
import { makePoints } from "../../src/charts/points";
import { makeCurveReader } from "../../src/store/curveReader";
import { overviewPoints } from "../../src/store/useCurves";
import type { Curve, CurvesRequest } from "../../src/wire/curves";

const asking = (keys: string[], points = 100): CurvesRequest => ({
  runIds: ["r"],
  keys,
  axis: "step",
  window: undefined,
  points,
});

const curve = (key: string): Curve => ({
  runId: "r",
  key,
  originMs: 0,
  isWhole: true,
  points: makePoints([]),
});

/** A server that notes what it is asked. */
function server() {
  const asked: string[][] = [];
  const signals: AbortSignal[] = [];
  const read = makeCurveReader(async ({ keys }, signal) => {
    asked.push([...keys]);
    signals.push(signal);
    await new Promise((resolve) => setTimeout(resolve, 30));
    signal.throwIfAborted();
    return keys.map(curve);
  });
  return { asked, signals, read };
}

test("what several panels ask at once goes out together, and each gets its own", async () => {
  const { asked, read } = server();
  const [one, two] = await Promise.all([read(asking(["a"])), read(asking(["b", "a"]))]);
  expect(asked).toEqual([["a", "b"]]);
  expect(one?.map(({ key }) => key)).toEqual(["a"]);
  expect(two?.map(({ key }) => key)).toEqual(["a", "b"]);
});

test("questions about different stretches, or too many keys, are parted", async () => {
  const { asked, read } = server();
  const many = Array.from({ length: 70 }, (_, index) => `m${index}`);
  const more = Array.from({ length: 70 }, (_, index) => `n${index}`);
  await Promise.all([read(asking(many)), read(asking(more)), read(asking(["a"], 5))]);
  expect(asked.map((keys) => keys.length).sort()).toEqual([1, 70, 70]);
});

test("a request is aborted when nobody waits for it any more, and not before", async () => {
  const { signals, read } = server();
  const [first, second] = [new AbortController(), new AbortController()];
  const answers = Promise.allSettled([
    read(asking(["a"]), first.signal),
    read(asking(["b"]), second.signal),
  ]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  first.abort();
  expect(signals[0]?.aborted).toBe(false);
  second.abort();
  expect(signals[0]?.aborted).toBe(true);
  expect((await answers).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});

test("the more curves a chart has, the fewer points it asks of each", () => {
  const limits = [1, 5, 20, 100].map(overviewPoints);
  expect(limits).toEqual(limits.toSorted((a, b) => b - a));
});
