import { expect, test } from "vitest";
import { inTurn } from "../../src/store/inTurn";

test("every item is done, never more than six at once, and failures do not stop the rest", async () => {
  let running = 0;
  let most = 0;
  const done: number[] = [];
  const failures = await inTurn([...Array(20).keys()], async (item) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    if (item === 3) throw new Error("three");
    done.push(item);
  });
  expect(most).toBe(6);
  expect(done).toHaveLength(19);
  expect(failures).toEqual([new Error("three")]);
});
