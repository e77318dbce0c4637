import { keys, promisifyRequest, setMany } from 'idb-keyval';
import { type Bytes, concat } from '@shoal/shared/base/bytes.ts';
import type { PieceStore, WriteResult } from '@shoal/shared/host/ports.ts';
import type { Database, Platform } from './database.ts';

/** Chromium makes a file for each value of 64 KiB and more, which is dear where the value is hardly more than that. */
const LONGEST_ROW = 56 * 1024;
/** Of larger pieces there are so few that a file each is cheap. */
const LARGEST_SPLIT = 128 * 1024;
/** Room between two keys for the further rows of a piece. */
const ROWS = 8;

/**
 * Pieces keyed by their index; a small one has further rows, keyed by eighths after it, which are written and deleted
 * with the first. Values are plain byte arrays: Blobs by the hundred megabyte take Chromium down.
 */
export function indexedDbPieceStore(database: Database, { ranges }: Platform): PieceStore {
  const rowsOf = (piece: number) => ranges.bound(piece, piece + 1, false, true);
  return {
    pieces: async () => (await keys(database.use)).filter(isPiece),
    write: (pieces) => write(database, pieces),
    async read(piece) {
      try {
        const rows = await database.use('readonly', (store) =>
          promisifyRequest<unknown[]>(store.getAll(rowsOf(piece))),
        );
        return joined(rows);
      } catch {
        return undefined;
      }
    },
    forget: (piece) =>
      database.use('readwrite', (store) => {
        store.delete(rowsOf(piece));
        return promisifyRequest(store.transaction);
      }),
    close: () => database.close(),
  };
}

async function write(database: Database, pieces: ReadonlyMap<number, Bytes>): Promise<WriteResult> {
  try {
    await setMany(
      Array.from(pieces).flatMap(([piece, bytes]) => split(piece, bytes)),
      database.use,
    );
    return { type: 'written' };
  } catch (error) {
    if (error instanceof Error && error.name === 'QuotaExceededError') return { type: 'full' };
    return { type: 'failed', reason: String(error) };
  }
}

function split(piece: number, bytes: Bytes): [key: number, row: Bytes][] {
  const rows = bytes.length > LARGEST_SPLIT ? 1 : Math.max(Math.ceil(bytes.length / LONGEST_ROW), 1);
  const length = Math.ceil(bytes.length / rows);
  return Array.from({ length: rows }, (_, row) => [
    piece + row / ROWS,
    compact(bytes.subarray(row * length, (row + 1) * length)),
  ]);
}

/** Nothing when any of it is not what was written. */
function joined(rows: readonly unknown[]): Bytes | undefined {
  const parts = rows.filter(isBytes);
  const [only] = parts;
  if (only === undefined || parts.length < rows.length) return undefined;
  return parts.length === 1 ? only : concat(...parts);
}

/** A view is stored with all of the buffer behind it, so one within a larger buffer is copied out. */
function compact(bytes: Bytes): Bytes {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}

function isPiece(key: IDBValidKey): key is number {
  return Number.isInteger(key);
}

function isBytes(value: unknown): value is Bytes {
  return value instanceof Uint8Array && value.buffer instanceof ArrayBuffer;
}
