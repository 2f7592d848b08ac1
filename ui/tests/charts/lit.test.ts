import { expect, test } from "vitest";
import { makeLit } from "../../src/charts/lit";

test("who listens is told of changes only, until they leave", () => {
  const lit = makeLit();
  const heard: (string | undefined)[] = [];
  const leave = lit.subscribe(() => heard.push(lit.get()));
  lit.set("a");
  lit.set("a");
  lit.set(undefined);
  leave();
  lit.set("b");
  expect(heard).toEqual(["a", undefined]);
});
