import type { Bytes } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import { type NodeId, nodeIdOf } from './nodeId.ts';

/** All that has to be known of a node to signal to it: the id follows from the key. */
export interface Contact {
  readonly id: NodeId;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Bytes;
}

export function contactOf(crypto: Crypto, publicKey: Bytes): Contact {
  return { id: nodeIdOf(crypto, publicKey), publicKey };
}
