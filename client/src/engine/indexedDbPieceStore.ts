import { del, get, keys, setMany } from 'idb-keyval';
import type { Bytes } from '@shoal/shared/base/bytes.ts';
import type { PieceStore, WriteResult } from '@shoal/shared/host/ports.ts';
import type { Database } from './database.ts';

/** Pieces keyed by their index. Values are plain byte arrays: Blobs by the hundred megabyte take Chromium down. */
export function indexedDbPieceStore(database: Database): PieceStore {
  return {
    pieces: async () => (await keys(database.use)).filter(isPiece),
    write: (pieces) => write(database, pieces),
    read: (piece) => read(database, piece),
    forget: (piece) => del(piece, database.use),
    close: () => database.close(),
  };
}

async function write(database: Database, pieces: ReadonlyMap<number, Bytes>): Promise<WriteResult> {
  try {
    await setMany(
      Array.from(pieces, ([piece, bytes]) => [piece, compact(bytes)]),
      database.use,
    );
    return { type: 'written' };
  } catch (error) {
    if (error instanceof Error && error.name === 'QuotaExceededError') return { type: 'full' };
    return { type: 'failed', reason: String(error) };
  }
}

async function read(database: Database, piece: number): Promise<Bytes | undefined> {
  try {
    const value = await get<unknown>(piece, database.use);
    return isBytes(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A view is stored with all of the buffer behind it, so one within a larger buffer is copied out. */
function compact(bytes: Bytes): Bytes {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}

function isPiece(key: IDBValidKey): key is number {
  return typeof key === 'number';
}

function isBytes(value: unknown): value is Bytes {
  return value instanceof Uint8Array && value.buffer instanceof ArrayBuffer;
}
