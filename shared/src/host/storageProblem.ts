import type { ShareProblem } from './snapshot.ts';

/** Another version of the page holds what is to be opened, or has taken it over. */
export class StorageHeld extends Error {}

/** What a storage that refuses comes to. Browsers give a full disk a name of its own. */
export function storageProblem(error: unknown): ShareProblem {
  if (error instanceof StorageHeld) return { code: 'storage-held' };
  if (error instanceof Error && error.name === 'QuotaExceededError') return { code: 'storage-full' };
  return { code: 'storage-failed', reason: String(error) };
}
