import { type Bytes, toUtf8 } from '../base/bytes.ts';
import type { DhtCrypto, Identity } from './identity.ts';
import { statement } from './stamp.ts';

/** One end's view of a connection: fingerprints of the DTLS certificates in their normal form, as applied. */
export interface ProvenConnection {
  /** Who made the offer that the connection came of. */
  readonly role: 'initiator' | 'responder';
  readonly fingerprints: { readonly local: string; readonly remote: string };
}

const ROLE_BYTE = { initiator: 0, responder: 1 } as const;

/**
 * Shows that who holds the key is at this end of this connection: a signature over own role, own fingerprint, the
 * other's. Passed on or reflected it proves nothing, for DTLS shows who holds which certificate.
 */
export function proveConnection(crypto: DhtCrypto, own: Identity, connection: ProvenConnection): Bytes {
  return crypto.sign(own.secret, proven(crypto, connection));
}

/** Whether the other end of our connection has proven its key. */
export function checkConnection(
  crypto: DhtCrypto,
  { role, fingerprints }: ProvenConnection,
  publicKey: Bytes,
  signature: Bytes,
): 'right' | 'wrong' {
  const theirs: ProvenConnection = {
    role: role === 'initiator' ? 'responder' : 'initiator',
    fingerprints: { local: fingerprints.remote, remote: fingerprints.local },
  };
  return crypto.verify(publicKey, proven(crypto, theirs), signature) ? 'right' : 'wrong';
}

function proven(crypto: DhtCrypto, { role, fingerprints: { local, remote } }: ProvenConnection): Bytes {
  const ends = [local, remote].map((fingerprint) => crypto.sha256(toUtf8(fingerprint)));
  return statement('connection', Uint8Array.of(ROLE_BYTE[role]), ...ends);
}
