import type { Bytes } from '../base/bytes.ts';

/** A byte range of one piece: what is requested, cancelled and rejected (BEP 3, BEP 6). */
export interface Range {
  readonly piece: number;
  readonly begin: number;
  readonly length: number;
}

/** A run of hashes in one layer of a file's Merkle tree, and how many uncle layers come with it (BEP 52). */
export interface HashRange {
  readonly root: Bytes;
  readonly baseLayer: number;
  readonly index: number;
  readonly length: number;
  readonly proofLayers: number;
}

/** The peer wire messages of BEP 3, 6, 10 and 52, after the handshake. Numbers are as sent: not yet within any bounds. */
export type Message =
  | { readonly type: 'keepAlive' }
  | { readonly type: 'choke' }
  | { readonly type: 'unchoke' }
  | { readonly type: 'interested' }
  | { readonly type: 'notInterested' }
  | { readonly type: 'have'; readonly piece: number }
  | { readonly type: 'bitfield'; readonly bits: Bytes }
  | ({ readonly type: 'request' } & Range)
  | { readonly type: 'piece'; readonly piece: number; readonly begin: number; readonly data: Bytes }
  | ({ readonly type: 'cancel' } & Range)
  | { readonly type: 'suggest'; readonly piece: number }
  | { readonly type: 'haveAll' }
  | { readonly type: 'haveNone' }
  | ({ readonly type: 'reject' } & Range)
  | { readonly type: 'allowedFast'; readonly piece: number }
  | { readonly type: 'extended'; readonly id: number; readonly payload: Bytes }
  | ({ readonly type: 'hashRequest' } & HashRange)
  | ({ readonly type: 'hashes'; readonly hashes: Bytes } & HashRange)
  | ({ readonly type: 'hashReject' } & HashRange)
  | { readonly type: 'unknown'; readonly id: number };
