import { createStore, del, get, set, type UseStore } from 'idb-keyval';
import type { ShareId } from '@shoal/shared/host/snapshot.ts';

/** Where handles outlive the page. A convenience: what fails is as if nothing had been kept. */
export interface HandleStore {
  get(id: ShareId): Promise<readonly FileSystemHandle[] | undefined>;
  set(id: ShareId, roots: readonly FileSystemHandle[]): Promise<void>;
  delete(id: ShareId): Promise<void>;
}

/** A small database of its own, made by the first use: handles can be cloned, so it keeps them as they are. */
export function indexedDbHandles(): HandleStore {
  const database = createStore('shoal-handles', 'handles');
  // Where cookies are blocked, some browsers throw at the mere name of IndexedDB.
  const store: UseStore = async (mode, callback) => database(mode, callback);
  return {
    async get(id) {
      const stored = await get<unknown>(id, store).catch(() => undefined);
      return areHandles(stored) ? stored : undefined;
    },
    set: (id, roots) => set(id, roots, store).catch(() => undefined),
    delete: (id) => del(id, store).catch(() => undefined),
  };
}

function areHandles(stored: unknown): stored is FileSystemHandle[] {
  return (
    Array.isArray(stored) && stored.length > 0 && stored.every((each) => each instanceof FileSystemHandle)
  );
}
