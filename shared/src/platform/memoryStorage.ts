import type { Bytes } from '../base/bytes.ts';
import type { InfoHash } from '../base/ids.ts';
import type { PieceStore, ShareRecord, Storage, WriteResult } from '../host/ports.ts';

/** For where nothing can be kept: everything is gone with the tab. */
export function memoryStorage(): Storage {
  const records = new Map<InfoHash, ShareRecord>();
  const shares = new Map<InfoHash, Map<number, Bytes>>();
  return {
    records: () => Promise.resolve(structuredClone(records)),
    save(share, record) {
      records.set(share, structuredClone(record));
      return Promise.resolve();
    },
    open(share) {
      const pieces = shares.get(share) ?? new Map<number, Bytes>();
      shares.set(share, pieces);
      return Promise.resolve(pieceStore(pieces, () => shares.get(share) === pieces));
    },
    remove(share) {
      records.delete(share);
      shares.get(share)?.clear();
      shares.delete(share);
      return Promise.resolve();
    },
  };
}

const CLOSED: WriteResult = { type: 'failed', reason: 'store is closed' };

function pieceStore(pieces: Map<number, Bytes>, exists: () => boolean): PieceStore {
  let closed = false;
  const usable = (): boolean => !closed && exists();
  return {
    pieces: () =>
      usable() ? Promise.resolve([...pieces.keys()]) : Promise.reject(new Error('store is closed')),
    write: (batch) => Promise.resolve(usable() ? write(pieces, batch) : CLOSED),
    read: (piece) => Promise.resolve(usable() ? pieces.get(piece)?.slice() : undefined),
    forget(piece) {
      if (usable()) pieces.delete(piece);
      return Promise.resolve();
    },
    close() {
      closed = true;
    },
  };
}

function write(pieces: Map<number, Bytes>, batch: ReadonlyMap<number, Bytes>): WriteResult {
  try {
    const copies = Array.from(batch, ([piece, bytes]): [number, Bytes] => [piece, bytes.slice()]);
    for (const [piece, bytes] of copies) pieces.set(piece, bytes);
    return { type: 'written' };
  } catch (error) {
    if (error instanceof RangeError) return { type: 'full' };
    return { type: 'failed', reason: String(error) };
  }
}
