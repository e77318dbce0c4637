import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { concat } from '../base/bytes.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { BLOCK, PieceLayout } from './layout.ts';
import { PieceLayer, pieceRoot } from './merkle.ts';
import { accepts, type PieceVerifier } from './pieceVerifier.ts';

it('accepts a piece with its own leaves, and no other', () => {
  const layout = new PieceLayout(3 * BLOCK, 2 * BLOCK);
  const leaf = (text: string) => new Uint8Array(createHash('sha256').update(text).digest());
  const [first, second] = [concat(leaf('a'), leaf('b')), leaf('c')];
  const [zero, one] = [layout.index(0)!, layout.index(1)!];
  const roots = concat(
    pieceRoot(nobleCrypto, first, layout, zero),
    pieceRoot(nobleCrypto, second, layout, one),
  );
  const verifier: PieceVerifier = { type: 'merkle', layer: PieceLayer.of(nobleCrypto, layout, roots) };

  expect(accepts(nobleCrypto, verifier, layout, zero, first)).toBe(true);
  expect(accepts(nobleCrypto, verifier, layout, one, second)).toBe(true);
  expect(accepts(nobleCrypto, verifier, layout, one, first)).toBe(false);
  expect(accepts(nobleCrypto, verifier, layout, zero, concat(leaf('b'), leaf('a')))).toBe(false);
  // Padding sent as if it were a block hashes to the same root: the number of leaves must tell.
  expect(accepts(nobleCrypto, verifier, layout, one, concat(second, new Uint8Array(32)))).toBe(false);
  expect(accepts(nobleCrypto, verifier, layout, zero, new Uint8Array())).toBe(false);
});
