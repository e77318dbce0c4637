import { type Bytes, concat, equalInConstantTime, toUtf8 } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import { idBytes, type PeerId } from '../base/ids.ts';
import { normalFingerprint } from './fingerprint.ts';

/** Who made the offer that the connection came of, and who answered it. */
export type Role = 'initiator' | 'responder';

/** One end of a connection: its id and its DTLS certificate's fingerprint. */
export interface End {
  readonly peerId: PeerId;
  readonly fingerprint: string;
}

/** The end whose membership is proven. */
interface ProvenEnd extends End {
  readonly role: Role;
}

/** Bytes of a membership proof. */
export const PROOF = 32;

const ROLE_BYTE = { initiator: 0, responder: 1 } as const;

/**
 * What only a member can say, of this connection and in this role alone: HMAC under the proof key of role ‖ own id ‖
 * own fingerprint ‖ other's id ‖ other's fingerprint, fingerprints as SHA-256 of their normal form.
 */
export function proofOf(crypto: Crypto, proofKey: Uint8Array, own: ProvenEnd, other: End): Bytes {
  const role = Uint8Array.of(ROLE_BYTE[own.role]);
  return crypto.hmac(proofKey, concat(role, endBytes(crypto, own), endBytes(crypto, other)));
}

/** Whether `proof` is what `prover` would say to `own`; in constant time. */
export function checkProof(
  crypto: Crypto,
  proofKey: Uint8Array,
  prover: ProvenEnd,
  own: End,
  proof: Uint8Array,
): 'right' | 'wrong' {
  return equalInConstantTime(proof, proofOf(crypto, proofKey, prover, own)) ? 'right' : 'wrong';
}

function endBytes(crypto: Crypto, { peerId, fingerprint }: End): Bytes {
  return concat(idBytes(peerId), crypto.sha256(toUtf8(normalFingerprint(fingerprint))));
}
