const AT_ONCE = 6;

/** Run one task for each item, six at a time; the failures, in no order. */
export async function inTurn<T>(
  items: readonly T[],
  task: (item: T) => Promise<unknown>,
): Promise<unknown[]> {
  const waiting = [...items];
  const failures: unknown[] = [];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        await task(item);
      } catch (failure) {
        failures.push(failure);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return failures;
}
