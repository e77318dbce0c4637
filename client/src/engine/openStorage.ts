import type { Clock, Storage } from '@shoal/shared/host/ports.ts';
import { memoryStorage } from '@shoal/shared/platform/memoryStorage.ts';
import type { Platform } from './database.ts';
import { indexedDbStorage } from './indexedDbStorage.ts';

export type OpenedStorage =
  | { readonly type: 'lasting'; readonly storage: Storage }
  /** Private mode, or a browser that refuses: the person must be told that closing the tab loses the pieces. */
  | { readonly type: 'passing'; readonly storage: Storage; readonly reason: string };

export interface OpenStorageOptions {
  /** The browser's `indexedDB`, where it has one; may throw, as it does where cookies are blocked. */
  factory(): IDBFactory | undefined;
  /** Its `IDBKeyRange`; looked up only where there is an `indexedDB`. */
  ranges(): Platform['ranges'];
  readonly clock: Clock;
}

export async function openStorage(options: OpenStorageOptions): Promise<OpenedStorage> {
  try {
    const factory = options.factory();
    if (factory === undefined) return passing('this browser has no IndexedDB');
    const platform = { factory, ranges: options.ranges(), clock: options.clock };
    return { type: 'lasting', storage: await indexedDbStorage(platform) };
  } catch (error) {
    return passing(String(error));
  }
}

function passing(reason: string): OpenedStorage {
  return { type: 'passing', storage: memoryStorage(), reason };
}
