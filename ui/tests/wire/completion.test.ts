import { expect, test } from "vitest";
import { charactersBefore, unitsBefore } from "../../src/wire/completion";

test("the server counts characters, the page units of UTF-16", () => {
  expect(charactersBefore("a😀b", 3)).toBe(2);
  expect(unitsBefore("a😀b", 2)).toBe(3);
});
