import { toHex } from '@shoal/shared/base/bytes.ts';
import { secureRandom } from '@shoal/shared/platform/secureRandom.ts';

/** In place of `randombytes` beneath simple-peer, which only ever writes them as hexadecimal digits. */
function randomBytes(count: number): { toString(): string } {
  const bytes = secureRandom.bytes(count);
  return { toString: () => toHex(bytes) };
}

export { randomBytes as 'module.exports' };
