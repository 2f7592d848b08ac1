import { expect, test } from "vitest";
import { breakLine, countNotPositive, gapKind, lonely } from "../../src/charts/gaps";

test("NaN and infinities break a line", () => {
  expect(breakLine([1, Number.NaN, Number.POSITIVE_INFINITY, -2], false)).toEqual([
    1,
    null,
    null,
    -2,
  ]);
});

test("a log axis also breaks at zero and below, and they are counted", () => {
  expect(breakLine([1, 0, -1, Number.NaN], true)).toEqual([1, null, null, null]);
  expect(countNotPositive([1, 0, -1, Number.NaN])).toBe(2);
});

test("each unlike value has its own mark", () => {
  expect(gapKind(Number.NaN)).toBe("nan");
  expect(gapKind(Number.POSITIVE_INFINITY)).toBe("up");
  expect(gapKind(Number.NEGATIVE_INFINITY)).toBe("down");
  expect(gapKind(0)).toBeUndefined();
});

test("a value between two breaks is lonely; rows of other series do not part neighbours", () => {
  expect(lonely([1, 2, null, 3, null, 4])).toEqual([3, 5]);
  expect(lonely([1, undefined, 2])).toEqual([]);
  expect(lonely([undefined, 7])).toEqual([1]);
});
