import { entries, set, del } from 'idb-keyval';
import { type InfoHash, isInfoHash } from '@shoal/shared/base/ids.ts';
import type { Storage } from '@shoal/shared/host/ports.ts';
import { StorageHeld } from '@shoal/shared/host/storageProblem.ts';
import { Database, deleteDatabase, isBrokenOff, type Platform } from './database.ts';
import { indexedDbPieceStore } from './indexedDbPieceStore.ts';

/**
 * One small database `shoal` for the records, one database `shoal-<info hash>` a share for its pieces.
 * What another version of the page holds is tried again at every use.
 *
 * @throws when the browser does not let IndexedDB be used.
 */
export async function indexedDbStorage(platform: Platform): Promise<Storage> {
  const records = new Database(platform, 'shoal', 'records');
  await records.open().catch((error: unknown) => {
    if (!(error instanceof StorageHeld)) throw error;
  });
  return {
    records: async () => new Map((await entries<IDBValidKey, unknown>(records.use)).filter(isNamed)),
    save: (share, record) =>
      set(share, record, records.use).catch((error: unknown) => {
        if (!isBrokenOff(error)) throw error;
        return set(share, record, records.use);
      }),
    async open(share, lost) {
      const pieces = new Database(platform, databaseOf(share), 'pieces', (loss) => {
        pieces.close();
        lost?.(loss);
      });
      await pieces.open();
      return indexedDbPieceStore(pieces, platform);
    },
    /** The pieces first: a crash in between leaves a record that can be removed again, not space nobody can find. */
    async remove(share) {
      await deleteDatabase(platform, databaseOf(share));
      await del(share, records.use);
    },
  };
}

function databaseOf(share: InfoHash): string {
  return `shoal-${share}`;
}

function isNamed(entry: readonly [IDBValidKey, unknown]): entry is [InfoHash, unknown] {
  return isInfoHash(entry[0]);
}
