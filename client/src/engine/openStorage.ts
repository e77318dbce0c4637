import type { Clock, Storage } from '@shoal/shared/host/ports.ts';
import { memoryStorage } from '@shoal/shared/platform/memoryStorage.ts';
import { indexedDbStorage } from './indexedDbStorage.ts';

export type OpenedStorage =
  | { readonly type: 'lasting'; readonly storage: Storage }
  /** Private mode, or a browser that refuses: the person must be told that closing the tab loses the pieces. */
  | { readonly type: 'passing'; readonly storage: Storage; readonly reason: string };

/** @param factoryOf the browser's `indexedDB`, where it has one; may throw, as it does where cookies are blocked. */
export async function openStorage(
  factoryOf: () => IDBFactory | undefined,
  clock: Clock,
): Promise<OpenedStorage> {
  try {
    const factory = factoryOf();
    if (factory === undefined) return passing('this browser has no IndexedDB');
    return { type: 'lasting', storage: await indexedDbStorage({ factory, clock }) };
  } catch (error) {
    return passing(String(error));
  }
}

function passing(reason: string): OpenedStorage {
  return { type: 'passing', storage: memoryStorage(), reason };
}
