import { expect, test } from "vitest";
import { smooth } from "../../src/charts/smoothing";

test("a debiased average starts at the first value, not at zero", () => {
  expect(Array.from(smooth([4, 4, 4], 0.9))).toEqual([4, 4, 4].map((v) => expect.closeTo(v, 12)));
});

test("known averages come out: weight one half over 1, 2, 3", () => {
  // By hand: 0.5/0.5, (0.25+1)/0.75, (0.625+1.5)/0.875.
  const [a, b, c] = smooth([1, 2, 3], 0.5);
  expect(a).toBeCloseTo(1, 12);
  expect(b).toBeCloseTo(5 / 3, 12);
  expect(c).toBeCloseTo(17 / 7, 12);
});

test("weight zero gives the values themselves, in new memory", () => {
  const values = Float64Array.of(3, 1);
  const out = smooth(values, 0);
  expect(Array.from(out)).toEqual([3, 1]);
  expect(out).not.toBe(values);
});

test("values that are not finite stay and do not disturb the average", () => {
  const out = smooth([1, Number.NaN, Number.POSITIVE_INFINITY, 2, 3], 0.5);
  expect(out[1]).toBeNaN();
  expect(out[2]).toBe(Number.POSITIVE_INFINITY);
  expect(out[4]).toBeCloseTo(17 / 7, 12);
});
