import type { Clock, Storage } from '@shoal/shared/host/ports.ts';
import { memoryStorage } from '@shoal/shared/platform/memoryStorage.ts';
import { indexedDbStorage } from './indexedDbStorage.ts';

export type OpenedStorage =
  | { readonly type: 'lasting'; readonly storage: Storage }
  /** Private mode, or a browser that refuses: the person must be told that closing the tab loses the pieces. */
  | { readonly type: 'passing'; readonly storage: Storage; readonly reason: string };

/** @param factory the browser's `indexedDB`, where it has one. */
export async function openStorage(factory: IDBFactory | undefined, clock: Clock): Promise<OpenedStorage> {
  if (factory === undefined) return passing('this browser has no IndexedDB');
  try {
    return { type: 'lasting', storage: await indexedDbStorage({ factory, clock }) };
  } catch (error) {
    return passing(String(error));
  }
}

function passing(reason: string): OpenedStorage {
  return { type: 'passing', storage: memoryStorage(), reason };
}
