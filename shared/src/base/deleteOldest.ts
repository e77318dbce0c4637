/** For maps and sets with a bound: what was added first goes first. */
export function deleteOldest<K>(collection: { keys(): Iterable<K>; delete(key: K): boolean }): void {
  for (const oldest of collection.keys()) {
    collection.delete(oldest);
    return;
  }
}
