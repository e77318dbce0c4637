/**
 * Works through the items with so many under way at once. The first failure, or the signal, ends it: what is under way
 * is not waited for, and nothing more is begun.
 *
 * @throws what the work throws, or the signal's reason.
 */
export async function inTurns<T>(
  items: Iterable<T>,
  width: number,
  work: (item: T) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  let failed = false;
  const worker = async () => {
    for (let next = iterator.next(); next.done !== true && !failed; next = iterator.next()) {
      signal?.throwIfAborted();
      await work(next.value);
    }
  };
  try {
    await Promise.all(Array.from({ length: width }, worker));
  } finally {
    failed = true;
  }
  signal?.throwIfAborted();
}
