import { expect, test } from "vitest";
import { readNumber, readTime } from "../../src/wire/numbers";

test("NaN and infinities are read in every spelling of the wire", () => {
  expect(readNumber("NaN")).toBeNaN();
  expect(readNumber("Infinity")).toBe(Number.POSITIVE_INFINITY);
  expect(readNumber(-1.7976931348623157e308)).toBe(Number.NEGATIVE_INFINITY);
  expect(readNumber(1.5)).toBe(1.5);
});

test("a time that was never set is undefined", () => {
  expect([undefined, 0, "0", "x"].map(readTime)).toEqual(new Array(4).fill(undefined));
  expect(readTime("1700000000000")).toBe(1_700_000_000_000);
});
