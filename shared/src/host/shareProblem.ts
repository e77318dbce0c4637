import { UnreadableFile } from './filesSource.ts';
import type { ShareProblem } from './snapshot.ts';
import { storageProblem } from './storageProblem.ts';

/** What reading pieces has come to. */
export function readingProblem(error: unknown): ShareProblem {
  if (error instanceof UnreadableFile) return { code: 'file-unreadable', name: error.path.join('/') };
  return storageProblem(error);
}

/** After these the files have to be given, or the store opened, anew. */
const PLACE_USELESS: ReadonlySet<ShareProblem['code']> = new Set([
  'files-differ',
  'file-unreadable',
  'storage-failed',
  'storage-held',
  'storage-gone',
]);

/** Whether nothing can be read or stored any more where the pieces were. */
export function isPlaceUseless({ code }: ShareProblem): boolean {
  return PLACE_USELESS.has(code);
}
