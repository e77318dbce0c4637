import type { Storage } from '@shoal/shared/host/ports.ts';
import { memoryStorage } from '@shoal/shared/platform/memoryStorage.ts';
import type { Platform } from './database.ts';
import { indexedDbStorage } from './indexedDbStorage.ts';

export type OpenedStorage =
  | { readonly type: 'lasting'; readonly storage: Storage }
  /** Private mode, or a browser that refuses: the person must be told that closing the tab loses the pieces. */
  | { readonly type: 'passing'; readonly storage: Storage; readonly reason: string };

/** A browser that may have no `indexedDB`. */
interface PossiblePlatform extends Omit<Platform, 'factory'> {
  readonly factory: IDBFactory | undefined;
}

/** @param platformOf what the browser has; may throw, as it does where cookies are blocked. */
export async function openStorage(platformOf: () => PossiblePlatform): Promise<OpenedStorage> {
  try {
    const { factory, ...platform } = platformOf();
    if (factory === undefined) return passing('this browser has no IndexedDB');
    return { type: 'lasting', storage: await indexedDbStorage({ ...platform, factory }) };
  } catch (error) {
    return passing(String(error));
  }
}

function passing(reason: string): OpenedStorage {
  return { type: 'passing', storage: memoryStorage(), reason };
}
