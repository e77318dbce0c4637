import { gcm } from '@noble/ciphers/aes.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { Inflate } from 'fflate';
import { type Bytes, concat, toUtf8 } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';

const NONE = new Uint8Array();
const INFLATE_STEP = 4096;

export const nobleCrypto: Crypto = {
  sha256: (data) => owned(sha256(data)),
  hmac: (key, data) => owned(hmac(sha256, key, data)),
  hkdf: (secret, info, length) => owned(hkdf(sha256, secret, NONE, toUtf8(info), length)),
  seal: (key, nonce, plaintext, associated) => owned(gcm(key, nonce, associated).encrypt(plaintext)),
  open(key, nonce, sealed, associated) {
    try {
      return owned(gcm(key, nonce, associated).decrypt(sealed));
    } catch {
      return undefined;
    }
  },
  deflate,
  inflate,
};

async function deflate(data: Bytes): Promise<Bytes> {
  const deflated = new Blob([data]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(deflated).arrayBuffer());
}

/** Fed in small steps, so that a bomb is noticed before it has grown past the limit by more than one step's worth. */
function inflate(data: Uint8Array, limit: number): Bytes | undefined {
  const parts: Uint8Array[] = [];
  const progress = { length: 0, ended: false };
  const stream = new Inflate((part, final) => {
    parts.push(part);
    progress.length += part.length;
    progress.ended ||= final;
  });
  try {
    for (let offset = 0; offset === 0 || offset < data.length; offset += INFLATE_STEP) {
      stream.push(data.subarray(offset, offset + INFLATE_STEP), offset + INFLATE_STEP >= data.length);
      if (progress.length > limit) return undefined;
    }
  } catch {
    return undefined;
  }
  return progress.ended ? concat(...parts) : undefined;
}

function owned(bytes: Uint8Array): Bytes {
  return bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
}
